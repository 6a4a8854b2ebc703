import type { Principal } from '../../application/request-context.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { FrameSink } from '../jsonrpc/frame-sink.ts';
import type { Envelope } from '../protocol/classify.ts';
import type { McpConnection } from '../protocol/mcp-connection.ts';
import type { ModernConnection } from '../protocol/modern/modern-connection.ts';

/** One client, as its transport knows it. */
export interface ConnectingClient {
  readonly sink: FrameSink;
  /** May be asked for again: the same person comes back with a newer token. */
  readonly principal: Principal;
  /** Called for its `shutdown`. */
  readonly onShutdown: () => void;
  /** The id that the transport tells it for its session; absent where the connection alone says whose session it is. */
  readonly sessionId?: SessionId;
}

/** Opens a connection for one client. */
export type Connect = (client: ConnectingClient) => McpConnection;

/** Opens a connection for one modern request, which says this of its client. */
export type ConnectModern = (sink: FrameSink, principal: Principal, envelope: Envelope) => ModernConnection;
