import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { taskkill, taskkillNow } from '../../../src/infrastructure/processes/terminate/taskkill.ts';

/** A taskkill of Windows that fails: its path is an ordinary name here, looked for in PATH. */
const test = suite('taskkill');

const folder = mkdtempSync(join(tmpdir(), 'taskkill-'));
const program = join(folder, 'C:\\Windows\\System32\\taskkill.exe');
const before = process.env['PATH'];

test.before(() => {
  process.env['PATH'] = `${folder}${delimiter}${before}`;
});
test.after(() => {
  process.env['PATH'] = before;
  rmSync(folder, { recursive: true });
});

const hasEnded = async (child: ChildProcess) => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? child.exitCode;
};

for (const [what, script] of [
  ['is not there', undefined],
  ['may not be run', ''],
  ['fails at one of them', '#!/bin/sh\nexit 1\n'],
  ['finds nothing', '#!/bin/sh\nexit 128\n'],
  ['is ended itself', '#!/bin/sh\nkill -9 $$\n'],
] as const) {
  for (const isNow of [false, true]) {
    test(`a process is ended by itself where taskkill ${what}${isNow ? ', at the exit' : ''}`, async () => {
      rmSync(program, { force: true });
      if (script !== undefined) writeFileSync(program, script);
      if (script) chmodSync(program, 0o755);
      const child = spawn('sleep', ['1000']);
      const kill = () => void child.kill('SIGKILL');
      if (isNow) taskkillNow(child.pid as number, kill);
      else await taskkill(child.pid as number, kill);
      assert.is(await hasEnded(child), 'SIGKILL');
    });
  }
}

test('nothing more is done where taskkill says that it is', async () => {
  writeFileSync(program, '#!/bin/sh\nkill -15 "$2"\n');
  chmodSync(program, 0o755);
  for (const end of [taskkill, taskkillNow]) {
    const child = spawn('sleep', ['1000']);
    await end(child.pid as number, () => void child.kill('SIGKILL'));
    assert.is(await hasEnded(child), 'SIGTERM');
  }
});

if (process.platform === 'linux') test.run();
