// Stands between a client and the server that it starts, and keeps every line: `record-stdio.ts FILE COMMAND [ARGUMENT...]`.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

const [file = '', command = '', ...args] = process.argv.slice(2);
const record = `${file}.${process.pid}`;
const keep = (entry: object) => appendFileSync(record, `${JSON.stringify(entry)}\n`);

const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
keep({ server: server.pid });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
for (const stream of [server.stdin, process.stdout]) stream.on('error', () => server.stdin.end());
pass('client', process.stdin, server.stdin);
pass('server', server.stdout, process.stdout);
server.on('error', (error) => console.error(error.message));
server.on('close', (code, signal) => {
  keep({ ended: signal ?? code });
  process.exit(code ?? 1);
});

/** Passes bytes on when the lines that end in them are kept, so that a question is always kept before its answer. */
function pass(from: 'client' | 'server', source: Readable, target: Writable): void {
  let rest = '';
  source.on('data', (bytes: Buffer) => {
    const lines = (rest + bytes.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) keep({ from, line: Buffer.from(line, 'latin1').toString('utf8') });
    target.write(bytes);
  });
  source.on('end', () => target !== process.stdout && target.end());
}
