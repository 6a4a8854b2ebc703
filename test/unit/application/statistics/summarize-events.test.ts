import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Store } from '../../../../src/application/ports/store.ts';
import { summarizeEvents } from '../../../../src/application/statistics/summarize-events.ts';
import { eventOf } from '../../../support/contract-store.ts';
import { memoryStore } from '../../../support/without-claude.ts';

const test = suite('summarize events');

const NOW = '2026-01-02T00:00:00.000Z';
const at = (second: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + second * 1000).toISOString();

/** Counts events a second apart, in pages that are counted, too. */
async function summarize(count: number, since: string) {
  const store = memoryStore();
  await store.append(
    Array.from({ length: count }, (_, n) => ({ ...eventOf(`${n}`, 'ToolExecuted', at(n)), payload: {} })),
  );
  let pages = 0;
  const events: Store['events'] = (...which) => {
    pages += 1;
    return store.events(...which);
  };
  return { ...(await summarizeEvents({ events }, since, NOW)), pages };
}

for (const [count, pages] of [
  [0, 1],
  [499, 1],
  [500, 2],
  [1001, 3],
] as const)
  test(`${count} events are each counted once, in ${pages} pages`, async () => {
    const found = await summarize(count, at(0));
    assert.equal([found.events, found.calls.calls, found.pages], [count, count, pages]);
  });

test('events are counted from a time on, which is shown from the first of them on', async () => {
  const { events, since, until, overTime } = await summarize(100, at(40));
  assert.equal([events, since, until, overTime.from], [60, at(40), NOW, at(0)]);
  assert.is((await summarize(100, '2020-01-01T00:00:00.000Z')).overTime.from, at(0));
});

test('the loop is left between pages, so that signals are heard', async () => {
  let turns = 0;
  const count = () => {
    turns += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  await summarize(1000, at(0));
  clearImmediate(timer);
  assert.ok(turns >= 2, `${turns}`);
});

test.run();
