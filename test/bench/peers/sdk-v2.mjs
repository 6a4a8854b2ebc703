// The minimal server on @modelcontextprotocol/server v2: echo and read_file over stdio.
import { readFile } from 'node:fs/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
const echo = { description: 'Echo', inputSchema: z.object({ message: z.string() }) };
server.registerTool('echo', echo, async ({ message }) => ({
  content: [{ type: 'text', text: message }],
}));
const read = { description: 'Read a file', inputSchema: z.object({ path: z.string() }) };
server.registerTool('read_file', read, async ({ path }) => ({
  content: [{ type: 'text', text: await readFile(path, 'utf8') }],
}));
await server.connect(new StdioServerTransport());
