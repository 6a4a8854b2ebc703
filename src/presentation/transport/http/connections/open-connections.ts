import type { Eventual } from '../../../../application/eventual.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';

/** One client's connection, as its transport keeps it. */
export interface OpenConnection {
  readonly connection: Pick<McpConnection, 'close'> & {
    readonly peer: Pick<McpConnection['peer'], 'requestsInFlight' | 'whenIdle'>;
  };
  /** Ends the streams that it is served on; called once its work has ended. */
  end?(): Eventual<void>;
}

/** The connections of all network clients, whatever their transport: the requests in flight on them, and their end. */
export class OpenConnections {
  private readonly open = new Set<OpenConnection>();
  private closing = false;

  add(opened: OpenConnection): void {
    this.open.add(opened);
  }

  /** Forgets one whose client is gone; may be called again. */
  delete(opened: OpenConnection): void {
    this.open.delete(opened);
  }

  /** Requests that are being worked on. */
  get requestsInFlight(): number {
    let sum = 0;
    for (const { connection } of this.open) sum += connection.peer.requestsInFlight;
    return sum;
  }

  /** True from when the server stops. */
  get isClosing(): boolean {
    return this.closing;
  }

  /** Ends one connection from our side: its work under way is aborted when `drain` resolves, and may then clean up. */
  async close(opened: OpenConnection, drain: Promise<unknown>): Promise<void> {
    const { connection } = opened;
    await connection.close(drain);
    await connection.peer.whenIdle();
    await opened.end?.();
    this.open.delete(opened);
  }

  /** Ends all of them because the server stops; resolves when nothing is under way any more. */
  async closeAll(drain: Promise<unknown>): Promise<void> {
    this.closing = true;
    await Promise.all([...this.open].map((opened) => this.close(opened, drain)));
  }
}
