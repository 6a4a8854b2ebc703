import { setTimeout as sleep } from 'node:timers/promises';
import { type Measure, onFreshTools, type Sample, toolOf, unless } from '../measure.ts';
import { isAlive, killAll, tree } from '../process-tree.ts';
import type { BenchServer } from '../server-entry.ts';

const STARTED_MS = 400;
const SETTLE_MS = 300;

async function sample(server: BenchServer): Promise<Sample> {
  const call = toolOf(server, 'run')('sleep 20');
  return onFreshTools(server, async (client) => {
    client.call(call).catch(() => undefined); // whether it is still answered is the server's choice
    await sleep(STARTED_MS);
    const started = tree(client.pid).filter(({ pid }) => pid !== client.pid);
    const { ms: exitMs, code } = await client.close();
    await sleep(SETTLE_MS);
    const left = started.filter(isAlive);
    killAll(left);
    const wrong = [
      ...unless(started.length > 0, 'no process was seen for the command'),
      ...unless(code === 0, `exit ${code}`),
      ...unless(left.length === 0, `${left.length} processes left`),
    ];
    // Killing a server that had not ended took its processes along: that says nothing of what it would have left.
    return { figures: { exitMs, ...(code !== 'SIGKILL' && { left: left.length }) }, wrong };
  });
}

export const stop: Measure = {
  id: 'stop',
  title: 'end of stdin while a command of 20 s runs (killed after 5 s)',
  needs: 'run',
  samples: (rounds) => Math.min(rounds, 2),
  columns: [
    { key: 'exitMs', label: 'exit ms' },
    { key: 'left', label: 'processes left' },
  ],
  sample,
};
