import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The responses that are not with their readers yet: Node.js cuts one that is still being written when its server closes. */
export class OpenResponses {
  private readonly most: number;
  /** By the names under which those are counted who asked, once they are known; what was first is first. */
  private readonly open = new Map<ServerResponse, string | undefined>();
  /** Everything that serves a connection: its responses, or itself when it has left HTTP. */
  private readonly serving = new Map<Duplex, Set<ServerResponse | Duplex>>();
  private waiting: (() => void) | undefined;

  /** @param most so many, and then whoever has most of them makes room for others */
  constructor(most: number) {
    this.most = most;
  }

  add({ socket }: IncomingMessage, response: ServerResponse): void {
    this.open.set(response, undefined);
    const done = this.serve(socket, response);
    response.once('close', () => {
      this.open.delete(response);
      done();
      if (this.open.size === 0) this.waiting?.();
    });
  }

  /** A connection is closed: what waits behind another response of it would never hear of that (nodejs/node#62534). */
  closeQueued(socket: Duplex): void {
    for (const served of this.serving.get(socket) ?? []) {
      if (!('req' in served) || served.socket || served.closed) continue;
      served.destroy();
      served.emit('close');
    }
  }

  /** Says who asked. @returns whether there is room for it */
  claim(response: ServerResponse, owner: string): boolean {
    if (this.open.size > this.most && !this.makeRoomFor(owner)) return false;
    this.open.set(response, owner);
    return true;
  }

  /** A connection left HTTP, and is served until it is closed. */
  keep(socket: Duplex): void {
    socket.once('close', this.serve(socket, socket));
  }

  isServing(socket: Duplex): boolean {
    return this.serving.has(socket);
  }

  /** Resolves when there is none. */
  whenNone(): Promise<void> {
    if (this.open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  /** @returns what is to be called when it is over */
  private serve(socket: Duplex, what: ServerResponse | Duplex): () => void {
    const served = this.serving.get(socket) ?? new Set();
    this.serving.set(socket, served.add(what));
    return () => {
      served.delete(what);
      if (served.size === 0) this.serving.delete(socket);
    };
  }

  /** Ends the oldest of whoever has most, if that is at least two more than the newcomer has. */
  private makeRoomFor(owner: string): boolean {
    const counts = new Map<string, number>();
    for (const name of this.open.values())
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    const [largest, count] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? ['', 0];
    if (count < (counts.get(owner) ?? 0) + 2) return false;
    const [oldest] = [...this.open].find(([, name]) => name === largest) ?? [];
    oldest?.destroy();
    return true;
  }
}
