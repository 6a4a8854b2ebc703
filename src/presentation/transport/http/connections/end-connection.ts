import type { McpConnection } from '../../../protocol/mcp-connection.ts';

/** Ends a connection because the server stops: what is under way is aborted when `drain` resolves, and may then clean up. */
export async function endConnection(connection: McpConnection, drain: Promise<unknown>): Promise<void> {
  await connection.close(drain);
  await connection.peer.whenIdle();
}
