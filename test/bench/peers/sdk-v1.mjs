// The minimal server on @modelcontextprotocol/sdk v1: echo and read_file over stdio.
import { readFile } from 'node:fs/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const server = new McpServer({ name: 'sdk-v1', version: '1.0.0' });
const echo = { description: 'Echo', inputSchema: { message: z.string() } };
server.registerTool('echo', echo, async ({ message }) => ({
  content: [{ type: 'text', text: message }],
}));
const read = { description: 'Read a file', inputSchema: { path: z.string() } };
server.registerTool('read_file', read, async ({ path }) => ({
  content: [{ type: 'text', text: await readFile(path, 'utf8') }],
}));
await server.connect(new StdioServerTransport());
