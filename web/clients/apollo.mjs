// Reads all claims of the server at URL by Apollo Client, page by page through its cache: node apollo.mjs URL
import assert from 'node:assert/strict';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { filter, firstValueFrom } from 'rxjs';

const client = new ApolloClient({
  link: new HttpLink({ uri: process.argv[2] }),
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
client.stop();
