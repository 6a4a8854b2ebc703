import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';

/** Of what a proxy says before the tunnel stands: "200" and a few headers. */
const MOST_BYTES = 64 * 1024;

/** Node.js marks with it a socket that waits for its proxy. */
const WAITS_FOR_TUNNEL = 'kWaitForProxyTunnel';

interface Counted extends Duplex {
  readonly bytesRead?: number;
}

/** The facts of a request beside its options. */
export interface TunnelOptions {
  /** Ends the wait for the proxy: Node.js ends a request that is cancelled once it has its socket, and hides its signal from here. */
  readonly tunnelSignal?: AbortSignal;
}

/**
 * An agent whose tunnels through proxies stand soon or not at all. Node.js keeps all that a proxy says before, without an end, and
 * for each piece of it listens once more with every listener it has: thirty pieces would stop the process.
 */
export class TunnelAgent extends Agent {
  override createConnection(
    ...args: Parameters<Agent['createConnection']>
  ): ReturnType<Agent['createConnection']> {
    const socket = super.createConnection(...args);
    if (!socket || !waitsForTunnel(socket)) return socket;
    watch(socket);
    const [{ tunnelSignal }] = args as [TunnelOptions];
    tunnelSignal?.addEventListener('abort', () => socket.destroy(), { once: true });
    return socket;
  }
}

function waitsForTunnel(socket: Duplex): boolean {
  return Object.getOwnPropertySymbols(socket).some(({ description }) => description === WAITS_FOR_TUNNEL);
}

/** None of these is called any more once the tunnel stands. */
function watch(socket: Counted): void {
  socket.on('newListener', (event: string, listener: () => void) => {
    if (event === 'readable' && socket.listeners(event).includes(listener)) socket.off(event, listener);
  });
  socket.on('readable', () => {
    if ((socket.bytesRead ?? 0) <= MOST_BYTES) return;
    socket.destroy(Object.assign(new Error('The proxy has no end'), { code: 'ERR_PROXY_TUNNEL' }));
  });
}
