// The minimal server on fastmcp: echo over stdio.
import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const server = new FastMCP({ name: 'fastmcp', version: '1.0.0', ping: { enabled: false } });
server.addTool({
  name: 'echo',
  description: 'Echo',
  parameters: z.object({ message: z.string() }),
  execute: async ({ message }) => message,
});
await server.start({ transportType: 'stdio' });
