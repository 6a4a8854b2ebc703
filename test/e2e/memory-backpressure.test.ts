// deadline: 400
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernMeta, type ServerProcess } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const MIB = 1024 * 1024;

/** Resolves when the server has taken all that was sent, or has stopped to take more; with the bytes it has left. */
async function untilSettled({ child }: ServerProcess): Promise<number> {
  let before = -1;
  while (child.stdin.writableLength > 0 && child.stdin.writableLength !== before) {
    before = child.stdin.writableLength;
    await delay(500);
  }
  return child.stdin.writableLength;
}

/** The most memory that the process ever had, in bytes; where the system doesn't tell, none. */
function peakMemory({ child }: ServerProcess): number {
  if (process.platform !== 'linux') return 0;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Reads so many answers, keeps of each its id and how long its text is, and sees the server end well. */
async function readAnswers(server: ServerProcess, count: number): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  for await (const line of createInterface({ input: server.child.stdout })) {
    const { id, result } = JSON.parse(line);
    answers.set(id, result.content?.[0].text.length ?? 0);
    if (answers.size === count) server.end();
  }
  assert.equal(await server.exit(), cleanExit);
  assert.is(server.stderr, '');
  return answers;
}

const test = suite('Backpressure');
test.after(killStartedServers);

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: 10,000 pings, unread, are all answered once they are read`, async () => {
    const server = startServer(kind, { unread: true });
    for (let id = 1; id <= 10_000; id++) server.send({ jsonrpc: '2.0', id, method: 'ping' });
    await untilSettled(server);
    const peak = peakMemory(server);
    assert.ok(peak < 100 * MIB, `${peak} bytes`);
    assert.is((await readAnswers(server, 10_000)).size, 10_000);
  });

  test(`${kind}: of 300 echoes of 1 MB, unread, most are not taken in; read, all are answered`, async () => {
    const server = startServer(kind, { unread: true });
    const text = Buffer.alloc(1_000_000, 'x');
    for (let id = 1; id <= 300; id++) {
      const [before, after] = JSON.stringify(echo(id, '|')).split('|');
      server.write(before ?? '');
      server.write(text);
      server.write(`${after}\n`);
    }
    const left = await untilSettled(server);
    const peak = peakMemory(server);
    assert.ok(left > 200_000_000, `${left} bytes left`);
    assert.ok(peak < 150 * MIB, `${peak} bytes`);
    const answers = await readAnswers(server, 300);
    assert.is(answers.size, 300);
    assert.equal(new Set(answers.values()), new Set(['Echo: '.length + text.length]));
  });
}

test.run();

function echo(id: number, message: string) {
  const params = { _meta: modernMeta(), name: 'echo', arguments: { message } };
  return { jsonrpc: '2.0', id, method: 'tools/call', params };
}
