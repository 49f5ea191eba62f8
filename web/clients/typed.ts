// Compiles only if the types that codegen makes of our schema are as strict as the schema is.
import type { ClaimsQuery, NearQuery, Voice } from './gen/types';

export function sources(answer: ClaimsQuery): string[] {
  return answer.claims.edges.flatMap((edge) =>
    edge.node.attributions.nodes.flatMap((attribution) => attribution.sources.map((source) => source.name)),
  );
}

export function title(answer: ClaimsQuery): string | undefined | null {
  return answer.claims.edges[0]?.node.attributions.nodes[0]?.document.title;
}

export function ends(answer: NearQuery): [string, string][] {
  return answer.subgraph.edges.map((edge) => [edge.from, edge.to]);
}

export const voices: Record<Voice, string> = {
  ATTRIBUTED: 'with a cue',
  CARRY_OVER: 'goes on',
  OUTLET: 'its own',
};

// @ts-expect-error text is never null
export const nothing: ClaimsQuery['claims']['edges'][0]['node']['text'] = null;
