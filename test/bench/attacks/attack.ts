import { startProbe } from '../network/probe.ts';
import { onServer, type Running, servers } from '../network/servers.ts';
import { memory } from '../process-tree.ts';

/** An attacker's input; settles when it has done its worst, or after some seconds. */
export interface Attack {
  readonly what: string;
  /** Beside what every server is started with. */
  readonly env?: Readonly<Record<string, string>>;
  readonly run: (server: Running) => Promise<void>;
  /** Of a server that does the least that has to be done: what an honest client waits for there, it may wait for here. */
  readonly floor?: Attack;
}

export interface Damage {
  /** Highest resident memory of the server, in MiB. */
  readonly peakMib: number;
  /** Of an honest client, in ms: the loop was held for no longer. */
  readonly longestWaitMs: number;
}

const [ours, bare] = servers;
const flags = ['--transport', 'http,websocket'];

/** Runs an attack on a fresh server beside an honest client. @throws Error when the server doesn't outlive it */
export async function damageOf({ run, env = {} }: Attack, isBare = false): Promise<Damage> {
  if (ours?.name !== 'ours' || bare?.name !== 'floor-http')
    throw new Error('Expected ours and the floor to be the first of the servers');
  return await onServer(
    isBare ? bare.command() : [...ours.command(), ...flags],
    async (server) => {
      const probe = await startProbe(server.port);
      const failed = await run(server).catch((error: unknown) => ({ error }));
      const { peak } = memory(server.pid);
      if (peak === 0) throw new Error('The server is gone');
      const longestWaitMs = await probe.longestWait();
      if (failed) throw failed.error;
      return { peakMib: peak, longestWaitMs };
    },
    env,
  );
}
