// The minimal server on @modelcontextprotocol/server v2: echo over Streamable HTTP of 2026-07-28.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const inputSchema = z.object({ message: z.string() });

const handler = createMcpHandler(() => {
  const mcp = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
  mcp.registerTool('echo', { description: 'Echo', inputSchema }, async ({ message }) => ({
    content: [{ type: 'text', text: message }],
  }));
  return mcp;
});
const server = createServer(toNodeHandler(handler));
server.listen(0, '127.0.0.1', () => console.error(`"port":${server.address().port}`));
