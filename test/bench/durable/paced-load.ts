import { setTimeout as sleep } from 'node:timers/promises';
import { processorMs } from '../process-tree.ts';
import type { StdioClient } from '../stdio-client.ts';

export interface PacedFigures {
  /** In ms, one per call. */
  readonly latencies: readonly number[];
  /** The server's processor time per call, in microseconds. */
  readonly cpuUs: number;
}

const TICK_MS = 2;

/** Calls `echo` so often, whether or not the calls before were answered, and waits for every answer. */
export async function pacedLoad(client: StdioClient, perSecond: number, ms: number): Promise<PacedFigures> {
  const latencies: number[] = [];
  const calls: Promise<void>[] = [];
  const call = async () => {
    const start = performance.now();
    const text = await client.echo('hi');
    latencies.push(performance.now() - start);
    if (text !== 'Echo: hi') throw new Error(`Expected the echo of "hi", got "${text}"`);
  };
  const before = processorMs(client.pid);
  const start = performance.now();
  for (let now = start; now < start + ms; now = performance.now()) {
    while (calls.length < ((now - start) / 1000) * perSecond) calls.push(call());
    await sleep(TICK_MS);
  }
  await Promise.all(calls);
  return { latencies, cpuUs: ((processorMs(client.pid) - before) / calls.length) * 1000 };
}
