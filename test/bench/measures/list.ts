import { ENTRIES, entryName, listFolder } from '../fixtures.ts';
import { type Measure, onFreshTools, type Sample, toolOf, unless } from '../measure.ts';
import type { BenchServer } from '../server-entry.ts';
import { median } from '../statistics.ts';
import { repeat, timedCall } from '../timed-call.ts';

const CALLS = 10;

async function sample(server: BenchServer): Promise<Sample> {
  const call = toolOf(server, 'list')(listFolder);
  return onFreshTools(server, async (client) => {
    const { text } = await timedCall(client, call);
    const found = new Set(text.match(/entry_\d{5}\.dat/g));
    let differing = 0;
    const { times, cpuMs } = await repeat(client, CALLS, async () => {
      const answer = await timedCall(client, call);
      if (answer.text !== text) differing++;
      return answer.ms;
    });
    const missing = Array.from({ length: ENTRIES }, (_, index) => entryName(index)).filter(
      (name) => !found.has(name),
    );
    const wrong = [
      ...unless(missing.length === 0, `${missing.length} of ${ENTRIES} entries missing`),
      ...unless(differing === 0, `${differing} of ${CALLS} answers differ from the first`),
    ];
    return { figures: { ms: median(times), cpuMs, kilobytes: Buffer.byteLength(text) / 1000 }, wrong };
  });
}

export const list: Measure = {
  id: 'list',
  title: `listing a directory of ${ENTRIES.toLocaleString('en-US')} entries`,
  needs: 'list',
  samples: (rounds) => rounds,
  columns: [
    { key: 'ms', label: 'ms' },
    { key: 'cpuMs', label: 'CPU ms' },
    { key: 'kilobytes', label: 'text kB' },
  ],
  sample,
};
