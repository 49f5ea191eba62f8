// Serves the graph of a Neo4j server by @neo4j/graphql and Apollo Server, as their manuals say: node server.mjs URI
// prints the URL once it listens. The types are those of our vocabulary as far as the questions reach.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { GraphQLScalarType } from 'graphql';
import neo4j from 'neo4j-driver';

// The library's own DateTime needs a plugin in the server that converts each one; without it both sides are faster.
const When = new GraphQLScalarType({ name: 'When', serialize: String });

const typeDefs = `#graphql
  scalar When
  type Claim @node {
    id: String!
    text: String!
    firstSeen: When
    originCount: Int!
    contested: Boolean
    attributions: [Attribution!]! @relationship(type: "CONTENT", direction: IN)
  }
  type Attribution @node {
    id: String!
    caption: String!
    cue: String
    voice: String!
    polarity: String!
    confidence: Float!
    assertedAt: When
    sources: [Actor!]! @relationship(type: "SOURCE", direction: OUT)
    within: [Attribution!]! @relationship(type: "WITHIN", direction: OUT)
    citations: [Citation!]! @relationship(type: "CITES", direction: OUT)
    document: [Document!]! @relationship(type: "IN", direction: OUT)
  }
  type Document @node {
    id: String!
    caption: String!
    title: String
    url: String
    publishedAt: When
    publisher: [Actor!]! @relationship(type: "PUBLISHED_BY", direction: OUT)
  }
  type Actor @node {
    id: String!
    caption: String!
    name: String!
    kind: String!
    attributions: [Attribution!]! @relationship(type: "SOURCE", direction: IN)
    mentions: [Mention!]! @relationship(type: "REFERS_TO", direction: IN)
    agentOf: [Relation!]! @relationship(type: "AGENT", direction: IN)
    targetOf: [Relation!]! @relationship(type: "TARGET", direction: IN)
    placeOf: [Relation!]! @relationship(type: "PLACE", direction: IN)
    citations: [Citation!]! @relationship(type: "NAMES", direction: IN)
    published: [Document!]! @relationship(type: "PUBLISHED_BY", direction: IN)
  }
  type Mention @node { id: String! caption: String! }
  type Relation @node { id: String! caption: String! }
  type Citation @node {
    id: String!
    caption: String!
    names: [Actor!]! @relationship(type: "NAMES", direction: OUT)
  }
`;

const [address, database] = process.argv[2].split(/\/(?=[^/]*$)/); // bolt://HOST:PORT/DATABASE
const driver = neo4j.driver(address);
const server = new ApolloServer({ schema: await new Neo4jGraphQL({ typeDefs, driver, resolvers: { When } }).getSchema() });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async () => ({ sessionConfig: { database, defaultAccessMode: neo4j.session.READ } }),
});
console.log(url);
process.stdin.on('end', () => process.exit()).resume(); // ends with who started it
