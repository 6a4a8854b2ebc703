import type { Principal } from '../../application/request-context.ts';
import type { FrameSink } from '../jsonrpc/frame-sink.ts';
import type { McpConnection } from '../protocol/mcp-connection.ts';

/** Opens a connection for one client; `onShutdown` is what its `shutdown` does. */
export type Connect = (sink: FrameSink, principal: Principal, onShutdown: () => void) => McpConnection;
