// The minimal server on @modelcontextprotocol/server v2: echo over stdio.
import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
const inputSchema = z.object({ message: z.string() });
server.registerTool('echo', { description: 'Echo', inputSchema }, async ({ message }) => ({
  content: [{ type: 'text', text: message }],
}));
await server.connect(new StdioServerTransport());
