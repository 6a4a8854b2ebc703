import type { McpConnection } from '../../../protocol/mcp-connection.ts';

/** Ends a connection because the server stops: what is under way is aborted when `patience` resolves, and may then clean up. */
export async function endConnection(connection: McpConnection, patience: Promise<unknown>): Promise<void> {
  await connection.close(patience);
  await connection.peer.whenIdle();
}
