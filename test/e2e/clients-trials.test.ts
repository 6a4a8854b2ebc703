// deadline: 300
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mcpProxy } from '../support/clients/bridges.ts';
import { type Outcome, tryClient } from '../support/clients/real-client.ts';
import type { Scene } from '../support/clients/scene.ts';
import { readRecord } from '../support/clients/stdio-record.ts';
import { productTools } from '../support/product-tools.ts';
import type { Frame } from '../support/server-process.ts';

const test = suite('trials of clients');
const folder = mkdtempSync(join(tmpdir(), 'client-trials-'));
test.after(() => rmSync(folder, { recursive: true }));

/** The failure of a trial of a client that the test makes up; it needs some package that is installed. */
const failureOf = (drive: (scene: Scene) => Promise<Outcome>): Promise<Error> =>
  tryClient(mcpProxy, { transport: 'stdio', revision: '2025-11-25', drive }).then(
    (report) => new Error(`none: ${JSON.stringify(report)}`),
    (error) => error,
  );

test('a trial fails when one answer is lost', async () => {
  const failure = await failureOf(async ({ calls }) => ({
    tools: productTools,
    said: calls.flatMap(({ tool, answer }) => (tool === 'echo' ? [] : [answer])).join('\n'),
  }));
  assert.match(failure.message, 'Expected the answer of echo, got ');
});

test('a trial fails when its program does', async () => {
  const failure = await failureOf(async ({ run }) => ({
    tools: productTools,
    said: await run({ args: ['-e', 'console.error("Sorry"); process.exit(3)'] }),
  }));
  assert.match(failure.message, /to end with 0, got 3: Sorry/);
});

let records = 0;

/** The revision that a record of these entries has. */
async function revisionOf(...entries: object[]): Promise<string | undefined> {
  const name = join(folder, `record-${++records}`);
  writeFileSync(`${name}.1`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return await readRecord(name);
}

const from = (side: 'client' | 'server', message: Frame) => ({
  from: side,
  line: JSON.stringify({ jsonrpc: '2.0', ...message }),
});
const started = { server: 1 };
const initialize = from('client', { id: 1, method: 'initialize', params: {} });
const initialized = from('server', {
  id: 1,
  result: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 's', version: '1' } },
});
const call = from('client', { id: 2, method: 'tools/call', params: { name: 'echo' } });
const called = from('server', { id: 2, result: { content: [{ type: 'text', text: 'hi' }] } });

test('a record tells the revision in which a tool was called', async () => {
  assert.is(await revisionOf(started, initialize, initialized, call, called, { ended: 0 }), '2025-06-18');
  const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
  const modern = from('client', { id: 3, method: 'tools/call', params: { name: 'echo', _meta } });
  assert.is(await revisionOf(started, initialize, initialized, modern, { ended: 0 }), '2026-07-28');
  assert.is(await revisionOf(started, initialize, initialized, { ended: 0 }), undefined);
});

test('a record fails when the server ended badly, or sent a frame that breaks its schema', async () => {
  for (const ended of [1, 'SIGKILL']) {
    const failure = await revisionOf(started, initialize, initialized, { ended }).catch((error) => error);
    assert.match(failure.message, `Expected the server to end with 0, got ${ended}`);
  }
  const wrong = from('server', { id: 2, result: { content: 'hi' } });
  const failure = await revisionOf(started, initialize, initialized, call, wrong, { ended: 0 }).catch(
    (error) => error,
  );
  assert.match(failure.message, 'Expected a valid frame');
});

test.run();
