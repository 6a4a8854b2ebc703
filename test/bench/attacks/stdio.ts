import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../paths.ts';
import { killTree, memory } from '../process-tree.ts';

const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
};
const ping = { jsonrpc: '2.0', id: 'still there?', method: 'ping' };

/** The server's highest resident memory, in MiB, once it answers what follows the message. @throws Error when it never does */
export async function stdioPeakMib(message: Buffer): Promise<number> {
  const child = spawn(join(root, 'dist/tfo-mcp'), [], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  try {
    child.stdin.write(`${JSON.stringify(initialize)}\n`);
    child.stdin.write(message);
    child.stdin.write(`\n${JSON.stringify(ping)}\n`);
    const answered = untilAnswered(child.stdout);
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`It ended with ${code}`)));
    await Promise.race([answered, ended]);
    return memory(child.pid as number).peak;
  } finally {
    killTree(child.pid as number);
  }
}

async function untilAnswered(output: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface(output)) {
    if (line.includes(ping.id)) return;
  }
}
