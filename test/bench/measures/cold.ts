import { setTimeout as sleep } from 'node:timers/promises';
import { type Measure, type Sample, unless } from '../measure.ts';
import { memory, processorMs } from '../process-tree.ts';
import type { BenchServer } from '../server-entry.ts';
import { StdioClient } from '../stdio-client.ts';

const SETTLE_MS = 250;

async function sample(server: BenchServer): Promise<Sample> {
  const client = new StdioClient(server);
  const { echo } = server.tools;
  try {
    const { initializeMs, listMs } = await client.open();
    const answer = echo ? await client.echo('hi') : await client.request('ping');
    const firstMs = performance.now() - client.startedAt;
    await sleep(SETTLE_MS);
    const { rss, pss, anonymous } = memory(client.pid);
    const cpuMs = processorMs(client.pid);
    const { ms: exitMs, code } = await client.close();
    const wrong = [
      ...unless(echo === undefined || answer === `${echo.prefix}hi`, `echo "${answer}"`),
      ...unless(code === 0, `exit ${code} at end of stdin`),
    ];
    return { figures: { initializeMs, listMs, firstMs, cpuMs, rss, pss, anonymous, exitMs }, wrong };
  } finally {
    await client.kill();
  }
}

export const cold: Measure = {
  id: 'cold',
  title: 'cold start, idle memory, end of stdin when idle',
  samples: (rounds) => rounds * 3,
  columns: [
    { key: 'initializeMs', label: 'initialize ms' },
    { key: 'initializeMs', label: 'p95 ms', pick: 'p95' },
    { key: 'listMs', label: 'tools/list ms' },
    { key: 'firstMs', label: 'first call ms' },
    { key: 'cpuMs', label: 'CPU ms' },
    { key: 'rss', label: 'RSS MiB' },
    { key: 'pss', label: 'PSS MiB' },
    { key: 'anonymous', label: 'anon MiB' },
    { key: 'exitMs', label: 'EOF, exit ms' },
  ],
  sample,
};
