// deadline: 400
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuditedServer } from '../support/audited-server.ts';
import { expectAlive, expectEnd, fixture, product, request, testScenario } from '../support/vectors.ts';

const test = suite('Vectors: memory');

const MIB = 1024 * 1024;

/** Fails if the process ever had more memory; where the system does not tell, it can't. */
function expectPeakBelow({ child }: AuditedServer, bytes: number): void {
  if (process.platform !== 'linux') return;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  assert.ok(peak < bytes, `${Math.round(peak / MIB)} MiB`);
}

/** Sends so many bytes of one line: past the audit, which would have to keep them. */
async function fillLine({ child: { stdin } }: AuditedServer, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(MIB, 'x');
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!stdin.write(chunk.subarray(0, left))) await once(stdin, 'drain');
  }
}

/** An endless line must not be kept: its peak is that of the longest line allowed, and of the runtime. */
const lines = [
  { on: product, settings: {}, megabytes: 70, peak: 170 },
  { on: product, settings: {}, megabytes: 500, peak: 170 },
  { on: fixture, settings: { maxMessageBytes: MIB }, megabytes: 500, peak: 90 },
];

for (const { on, settings, megabytes, peak } of lines) {
  testScenario(
    test,
    {
      vector: 43,
      what: `a line of ${megabytes} MB takes less than ${peak} MiB, and is refused when it ends`,
      on,
    },
    async (server) => {
      await server.initialize();
      await fillLine(server, megabytes * 1_000_000);
      server.write('\n');
      await expectAlive(server);
      expectPeakBelow(server, peak * MIB);
      await expectEnd(server);
      assert.equal([server.frames[1].id, server.frames[1].error.code], [undefined, -32600]);
      assert.is(server.frames.length, 3);
    },
    { env: { FIXTURE: JSON.stringify(settings) } },
  );
}

testScenario(
  test,
  { vector: 43, what: 'a line of 64 MiB is read, one of a byte more refused', on: product },
  async (server) => {
    const longest = 64 * MIB;
    const [head = '', tail = ''] = JSON.stringify({ ...request(1, 'ping'), padding: '|' }).split('|');
    await server.initialize();
    for (const length of [longest, longest + 1]) {
      server.write(head);
      server.write(Buffer.alloc(length - head.length - tail.length, 'x'));
      server.write(`${tail}\n`);
    }
    await expectAlive(server);
    await expectEnd(server);
    const [, read, refused] = server.frames;
    assert.equal(read, { jsonrpc: '2.0', id: 1, result: {} });
    assert.equal([refused.id, refused.error.code], [undefined, -32600]);
  },
);

testScenario(
  test,
  { vector: 46, what: '10,000 pings, and nobody reads: all are answered when somebody does', on: product },
  async (server) => {
    const count = 10_000;
    for (let id = 1; id <= count; id++) server.send(request(id, 'ping'));
    await new Promise((sent) => server.child.stdin.write('', sent));
    expectPeakBelow(server, 100 * MIB);
    server.read();
    await server.answer(count);
    expectPeakBelow(server, 100 * MIB);
    await expectEnd(server);
    assert.equal(
      server.frames.map(({ id }) => id),
      Array.from({ length: count }, (_, at) => at + 1),
    );
  },
  { unread: true },
);

test.run();
