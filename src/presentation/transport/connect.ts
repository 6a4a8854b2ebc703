import type { Principal } from '../../application/request-context.ts';
import type { FrameSink } from '../jsonrpc/frame-sink.ts';
import type { Envelope } from '../protocol/classify.ts';
import type { McpConnection } from '../protocol/mcp-connection.ts';
import type { ModernConnection } from '../protocol/modern/modern-connection.ts';

/** Opens a connection for one client; `onShutdown` is what its `shutdown` does. */
export type Connect = (sink: FrameSink, principal: Principal, onShutdown: () => void) => McpConnection;

/** Opens a connection for one modern request, which says this of its client. */
export type ConnectModern = (sink: FrameSink, principal: Principal, envelope: Envelope) => ModernConnection;
