import { once } from 'node:events';
import { type ServerKind, type ServerOptions, ServerProcess } from './server-process.ts';

const running: ServerProcess[] = [];

/** The product, listening on a port of its own on every network transport. */
export interface ProductServer {
  readonly process: ServerProcess;
  readonly port: number;
}

/** Starts the product and resolves when it listens. `killProductServers` ends it, should its test fail. */
export async function startProduct(
  { args = [], ...options }: ServerOptions = {},
  kind: ServerKind = 'bundle',
): Promise<ProductServer> {
  const serve = ['serve', '--transport', 'http,sse,websocket', '--port', '0'];
  const process = new ServerProcess(kind, { ...options, args: [...serve, ...args] });
  running.push(process);
  for (;;) {
    const port = /"port":(\d+)/.exec(process.stderr)?.[1];
    if (port !== undefined) return { process, port: Number(port) };
    if (process.child.exitCode !== null) throw new Error(`Expected it to listen: ${process.stderr}`);
    await Promise.race([once(process.child.stderr, 'data'), once(process.child, 'close')]);
  }
}

/** For `after` hooks: a server that outlives its test keeps the file from ending. */
export function killProductServers(): void {
  for (const process of running) process.kill();
}
