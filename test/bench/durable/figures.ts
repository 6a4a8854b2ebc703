import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundle } from '../../../build/bundle.ts';
import { echoExchange } from '../exchange.ts';
import { runLoad } from '../load.ts';
import { ours } from '../our-servers.ts';
import { home, runtime } from '../paths.ts';
import { type Memory, memory } from '../process-tree.ts';
import { median, quantile } from '../statistics.ts';
import { StdioClient } from '../stdio-client.ts';
import { pacedLoad } from './paced-load.ts';

type Environment = Readonly<Record<string, string>>;

export const inMemory: Environment = { TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'memory' };

mkdirSync(home, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'tfo-bench-durable-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const script = join(folder, 'store-figures.cjs');
await bundle({ entry: join(import.meta.dirname, 'store-figures.ts'), outfile: script });

let made = 0;
export const newPath = (): string => join(folder, `${++made}.db`);

export const inFile = (path = newPath()): Environment => ({ TELEMETRYFLOW_MCP_DATABASE_PATH: path });

/** Figures of the store in a process of its own; `begin` makes one of `turns` begin. */
function startFigures(...args: readonly string[]) {
  const child = spawn(runtime, ['--no-warnings', script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const output = text(child.stdout);
  return {
    begin: () => child.stdin.write('\n'),
    figures: async (): Promise<Readonly<Record<string, number>>> => JSON.parse(await output),
  };
}

export async function storeFigures(...args: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const started = startFigures(...args);
  started.begin();
  return await started.figures();
}

/** Processes that begin at once, each with turns of its own conversation in one file. */
export async function turnsOfMany(count: number, turns: number): Promise<{ ms: number; longest: number }> {
  const path = newPath();
  await storeFigures('opening', path);
  const all = Array.from({ length: count }, (_, n) => startFigures('turns', path, `${n}`, `${turns}`));
  await sleep(2000); // all have started by then
  for (const { begin } of all) begin();
  const figures = await Promise.all(all.map((one) => one.figures()));
  const most = (key: string) => Math.max(...figures.map((one) => one[key] ?? Number.NaN));
  return { ms: most('ms'), longest: most('longest') };
}

const [server] = ours;
if (server === undefined) throw new Error('Expected ours to be the first of the servers');

async function onServer<T>(env: Environment, work: (client: StdioClient) => Promise<T>): Promise<T> {
  const client = new StdioClient(server as (typeof ours)[number], env);
  try {
    await client.open();
    return await work(client);
  } finally {
    await client.kill();
  }
}

interface Start {
  readonly ms: number;
  readonly anonymous: number;
}

/** A start whose client calls nothing; the file is there already. */
export async function start(env: Environment): Promise<Start> {
  const client = new StdioClient(server as (typeof ours)[number], env);
  try {
    const { listMs: ms } = await client.open();
    await sleep(250);
    return { ms, anonymous: memory(client.pid).anonymous };
  } finally {
    await client.kill();
  }
}

export const existingFile = async (): Promise<Environment> => {
  const path = newPath();
  await storeFigures('opening', path);
  return inFile(path);
};

/** Memory after one call, when what is stored of it is stored. */
export const afterOneCall = (env: Environment): Promise<Memory> =>
  onServer(env, async (client) => {
    await client.echo('hi');
    await sleep(500);
    return memory(client.pid);
  });

export interface Paced {
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
}

export const paced = (env: Environment, perSecond: number): Promise<Paced> =>
  onServer(env, async (client) => {
    await pacedLoad(client, perSecond, 1000);
    const { latencies, cpuUs } = await pacedLoad(client, perSecond, 4000);
    return { p50: median(latencies), p99: quantile(latencies, 0.99), cpuUs };
  });

export const pipelined = (env: Environment): Promise<number> =>
  onServer(env, async (client) => {
    const exchange = echoExchange('Echo: ', 100);
    await runLoad(client, exchange, { inflight: 64, ms: 1000 });
    return (await runLoad(client, exchange, { inflight: 64, ms: 4000 })).perSecond;
  });
