import { oneMegabyte, textOfSize } from '../fixtures.ts';
import { type Measure, onFreshTools, type Sample, toolOf, unless } from '../measure.ts';
import { memory } from '../process-tree.ts';
import type { BenchServer } from '../server-entry.ts';
import { median } from '../statistics.ts';
import { callAtOnce, repeat } from '../timed-call.ts';

const AT_ONCE = 8;
const BATCHES = 4;

async function sample(server: BenchServer): Promise<Sample> {
  const call = toolOf(server, 'read')(oneMegabyte.path);
  const expected = textOfSize(oneMegabyte.bytes);
  return onFreshTools(server, async (client) => {
    let wrong = 0;
    const batch = async (count: number) => {
      const answers = await callAtOnce(client, count, () => call);
      wrong += answers.filter(({ text }) => !text.includes(expected)).length;
      return Math.max(...answers.map(({ ms }) => ms));
    };
    await batch(1);
    const { times, cpuMs } = await repeat(client, BATCHES, () => batch(AT_ONCE));
    const { peak } = memory(client.pid);
    const fault = `${wrong} of ${1 + BATCHES * AT_ONCE} answers without the file's text`;
    return { figures: { ms: median(times), cpuMs, peak }, wrong: unless(wrong === 0, fault) };
  });
}

export const read: Measure = {
  id: 'read-1mb',
  title: `reading a file of 1 MB, ${AT_ONCE} times at once`,
  needs: 'read',
  samples: (rounds) => rounds,
  columns: [
    { key: 'ms', label: 'ms' },
    { key: 'cpuMs', label: 'CPU ms' },
    { key: 'peak', label: 'peak RSS MiB' },
  ],
  sample,
};
