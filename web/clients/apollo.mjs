// Reads all claims of the server at URL by Apollo Client, page by page through its cache, and then listens over a
// WebSocket while it changes some: node apollo.mjs URL
import assert from 'node:assert/strict';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import { filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import { listens } from './listens.mjs';

const uri = process.argv[2];
const socket = createClient({ url: uri.replace('http', 'ws'), webSocketImpl: WebSocket });
const client = new ApolloClient({
  link: ApolloLink.split(
    ({ operationType }) => operationType === 'subscription',
    new GraphQLWsLink(socket),
    new HttpLink({ uri }),
  ),
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { claims: relayStylePagination() } } } }),
});
const query = gql`
  query ($after: String) {
    claims(first: 100, after: $after) {
      edges { node { id text attributions(first: 2) { nodes { id document { id title } } } } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`;

const claims = client.watchQuery({ query });
const watching = claims.subscribe(() => {});
let { data } = await firstValueFrom(claims.pipe(filter(({ dataState }) => dataState === 'complete')));
let pages = 1;
for (let page = data; page.claims.pageInfo.hasNextPage; pages++) {
  ({ data: page } = await claims.fetchMore({ variables: { after: page.claims.pageInfo.endCursor } }));
}
({ data } = await firstValueFrom(claims.pipe(filter(({ data }) => !data.claims.pageInfo.hasNextPage))));
watching.unsubscribe();
const ids = data.claims.edges.map((edge) => edge.node.id);
assert.equal(new Set(ids).size, ids.length, 'no claim comes twice');
assert.equal(ids.length, data.claims.totalCount, 'every claim comes');
assert.ok(pages > 2, `${pages} pages`);

await listens({
  documents: data.claims.edges.map((edge) => edge.node.attributions.nodes[0].document.id),
  change: async (mutation, variables) => (await client.mutate({ mutation: gql(mutation), variables })).data,
  listen: (subscription, variables, hear, end) =>
    client.subscribe({ query: gql(subscription), variables }).subscribe({ next: ({ data }) => hear(data), complete: end }),
});
client.stop();
await socket.dispose();
