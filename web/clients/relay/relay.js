// What the Relay compiler reads: a page that grows, and a node that is fetched again by its ID.
import { graphql } from 'relay-runtime';

graphql`
  query relayClaimsQuery($count: Int!, $cursor: String) {
    ...relayClaims @arguments(count: $count, cursor: $cursor)
  }
`;

graphql`
  fragment relayClaims on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "relayClaimsPageQuery") {
    claims(first: $count, after: $cursor) @connection(key: "relay_claims") {
      edges {
        node {
          id
          text
          ...relayClaim
        }
      }
    }
  }
`;

graphql`
  fragment relayClaim on Claim
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "relayClaimPageQuery") {
    attributions(first: $count, after: $cursor) @connection(key: "relayClaim_attributions") {
      edges {
        node {
          id
          polarity
          sources {
            name
          }
        }
      }
    }
  }
`;
