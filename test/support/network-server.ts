import { once } from 'node:events';
import { type Exit, type ServerKind, ServerProcess } from './server-process.ts';

/** Settings of a fixture server on the network, unless a test wants it otherwise. */
const network = {
  transports: ['http', 'sse', 'websocket'],
  host: '127.0.0.1',
  port: 0,
  allowed: { hosts: ['localhost', '127.0.0.1', '[::1]'], origins: ['localhost', '127.0.0.1'] },
  maxSessions: 1000,
  sessionTimeout: 1800,
};

export interface NetworkOptions {
  /** The fixture server unless it is the product that is to be tested. */
  readonly kind?: ServerKind;
  /** The fixture server's settings, but for the network's. */
  readonly settings?: object;
  readonly network?: object;
  /** The product's command line, behind `serve` and what makes it listen. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const served = ['serve', '--transport', 'http,sse,websocket', '--port', '0'];

/** A server that listens on a port of its own. */
export class NetworkServer {
  readonly process: ServerProcess;
  readonly port: number;

  private constructor(process: ServerProcess, port: number) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server and resolves when it listens. `killNetworkServers` ends it, should its test fail. */
  static async start(options: NetworkOptions = {}): Promise<NetworkServer> {
    const { kind = 'fixture', args = [], cwd } = options;
    const settings = { ...options.settings, network: { ...network, ...options.network } };
    const process = new ServerProcess(kind, {
      args: kind === 'fixture' ? [] : [...served, ...args],
      env: { ...(kind === 'fixture' && { FIXTURE: JSON.stringify(settings) }), ...options.env },
      ...(cwd !== undefined && { cwd }),
    });
    running.push(process);
    for (;;) {
      const port = /"port":(\d+)/.exec(process.stderr)?.[1];
      if (port !== undefined) return new NetworkServer(process, Number(port));
      if (process.child.exitCode !== null)
        throw new Error(`Expected the server to listen: ${process.stderr}`);
      await Promise.race([once(process.child.stderr, 'data'), once(process.child, 'close')]);
    }
  }

  url(path = '/mcp'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Resolves when it has ended. Where nobody can answer the signal that asks for it, Windows, to be ended by it is to end well. */
  async exit(): Promise<Exit> {
    const exit = await this.process.exit();
    return process.platform === 'win32' && exit.signal === 'SIGTERM' ? { code: 0, signal: null } : exit;
  }

  /** Asks the server to stop; it must end well. */
  async stop(): Promise<void> {
    this.process.child.kill('SIGTERM');
    const exit = await this.exit();
    if (exit.code !== 0) throw new Error(`Expected the server to end with 0, got ${JSON.stringify(exit)}`);
    if (/^(error|\s+at )|"level":"error"/m.test(this.process.stderr)) throw new Error(this.process.stderr);
  }
}

const running: ServerProcess[] = [];

/** For `after` hooks: a server that outlives its test keeps the file from ending. */
export function killNetworkServers(): void {
  for (const process of running) process.kill();
}
