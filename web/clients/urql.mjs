// Reads all claims of the server at URL by urql, page by page through its normalised cache, and then listens to
// server-sent events while it changes some: node urql.mjs URL
import assert from 'node:assert/strict';
import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { onEnd, pipe, subscribe } from 'wonka';
import { listens } from './listens.mjs';

const client = new Client({
  url: process.argv[2],
  preferGetMethod: false,
  fetchSubscriptions: true,
  exchanges: [cacheExchange({ resolvers: { Query: { claims: relayPagination() } } }), fetchExchange],
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

let claims = { pageInfo: { hasNextPage: true, endCursor: null } };
let pages = 0;
for (; claims.pageInfo.hasNextPage; pages++) {
  const { data, error } = await client.query(query, { after: claims.pageInfo.endCursor }).toPromise();
  assert.equal(error, undefined);
  claims = data.claims;
}
const ids = claims.edges.map((edge) => edge.node.id);
assert.equal(new Set(ids).size, ids.length, 'no claim comes twice');
assert.equal(ids.length, claims.totalCount, 'every claim comes');
assert.ok(pages > 2, `${pages} pages`);

await listens({
  documents: claims.edges.map((edge) => edge.node.attributions.nodes[0].document.id),
  change: async (mutation, variables) => {
    const { data, error } = await client.mutation(gql(mutation), variables).toPromise();
    assert.equal(error, undefined);
    return data;
  },
  listen: (subscription, variables, hear, end) =>
    pipe(client.subscription(gql(subscription), variables), onEnd(() => end?.()), subscribe(({ data }) => data && hear(data))),
});
process.exit(0); // without waiting for the stream to notice that nobody listens
