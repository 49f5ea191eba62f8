// What both clients do with subscriptions: hear of claims that change, and of a job until it ends.
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

// listens takes the IDs of documents that may be retracted; change, which makes a mutation and resolves to its data; and
// listen, which subscribes, calls hear with the data of each event and end after the last, and returns what to
// unsubscribe by.
export async function listens({ documents, change, listen }) {
  const changes = [];
  const listening = listen('subscription { claimChanged { change claimId at } }', {}, (data) => changes.push(data.claimChanged));
  // Nobody is told when a subscription begins, so that the first changes may go unheard.
  for (const document of new Set(documents)) {
    const { retract } = await change('mutation ($document: ID!) { retract(document: $document) { id state } }', { document });
    assert.equal(retract.state, 'DONE');
    for (let tries = 0; tries < 20 && changes.length === 0; tries++) await setTimeout(50);
    if (changes.length > 0) break;
  }
  listening.unsubscribe();
  assert.equal(changes[0]?.change, 'RETRACTED', 'a claim changed');
  assert.match(changes[0].claimId, /^clm_/);

  const { load } = await change('mutation { load(input: { sources: ["https://news.example/story"] }) { id } }');
  const states = [];
  await new Promise((end) => {
    listen('subscription ($id: ID!) { jobProgress(id: $id) { job { id state } } }', { id: load.id },
      (data) => states.push(data.jobProgress.job.state), end);
  });
  assert.equal(states.at(-1), 'DONE', `the job was ${states}`);
}
