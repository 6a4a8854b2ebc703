// The minimal server on fastmcp: echo and read_file over stdio.
import { readFile } from 'node:fs/promises';
import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const server = new FastMCP({ name: 'fastmcp', version: '1.0.0', ping: { enabled: false } });
server.addTool({
  name: 'echo',
  description: 'Echo',
  parameters: z.object({ message: z.string() }),
  execute: async ({ message }) => message,
});
server.addTool({
  name: 'read_file',
  description: 'Read a file',
  parameters: z.object({ path: z.string() }),
  execute: ({ path }) => readFile(path, 'utf8'),
});
await server.start({ transportType: 'stdio' });
