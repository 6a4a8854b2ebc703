import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { quantile } from '../statistics.ts';
import { HttpConnection } from './http-connection.ts';
import { modernPost } from './messages.ts';
import { type HttpServer, onServer } from './servers.ts';

/** Milliseconds between requests that the default limit lets a client send for as long as it likes. */
const PAUSE_MS = 110;
const QUIET_MS = 30_000;

export interface Flood {
  /** 99th percentile of a legitimate client's requests while nobody else sends any, in ms. */
  readonly quietP99: number;
  readonly floodedP99: number;
}

/** A client with a key, alone and beside 20,000 requests without one. */
export async function flood(server: HttpServer): Promise<Flood> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-flood-'));
  const env = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(folder, 'keys.json') };
  try {
    const [command] = server.command();
    const key = execFileSync(command, ['keys', 'create', '--name', 'flood', '--scope', '*'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return await onServer(server.command(), ({ port }) => compare(port, key.trim()), env);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(port: number, key: string): Promise<Flood> {
  const client = await HttpConnection.open(port);
  const quiet = await measured(client, key, wait(QUIET_MS));
  const flooded = await measured(client, key, sendAll(port));
  return { quietP99: quantile(quiet, 0.99), floodedP99: quantile(flooded, 0.99) };
}

/** Milliseconds that each of the client's requests took until `until`, one after another with pauses. */
async function measured(client: HttpConnection, key: string, until: Promise<unknown>): Promise<number[]> {
  const request = modernPost(1, 'tools/call', echo, 'echo', { Authorization: `Bearer ${key}` });
  const latencies: number[] = [];
  let isOver = false;
  void until.then(() => {
    isOver = true;
  });
  while (!isOver) {
    const begun = performance.now();
    const { status, body } = await client.request(request);
    latencies.push(performance.now() - begun);
    if (status !== 200) throw new Error(`Expected 200, got ${status} ${body}`);
    await wait(PAUSE_MS);
  }
  return latencies;
}

const echo = { name: 'echo', arguments: { message: 'still there?' } };

/** In a process of its own: what it does must not hold up the client that is measured. */
async function sendAll(port: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'send-flood.ts'), String(port)], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The flood met an answer that it should not have got');
}
