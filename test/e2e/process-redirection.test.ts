import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ServerKind, serverCommand } from '../support/server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'redirection-'));
const input = join(folder, 'input');
const output = join(folder, 'output');

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const echo = {
  jsonrpc: '2.0',
  id: 2,
  method: 'tools/call',
  params: { name: 'echo', arguments: { message: 'x'.repeat(100_000) } },
};
writeFileSync(input, `${JSON.stringify(initialize)}\n${JSON.stringify(echo)}\n`);

/** Runs a line of shell in which `"$@"` is the server, `$IN` a file with two requests and `$OUT` one to write to. */
async function shell(kind: ServerKind, script: string) {
  const { command, args } = serverCommand(kind);
  const child = spawn('/bin/sh', ['-c', script, 'sh', command, ...args], {
    env: { PATH: process.env['PATH'], IN: input, OUT: output },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

/** Fails unless both requests have their answers, whole. */
function assertAnswered(lines: string): void {
  const answers = lines.trimEnd().split('\n');
  assert.equal(
    answers.map((line) => JSON.parse(line).id),
    [1, 2],
  );
  assert.is(JSON.parse(answers[1] ?? '').result.content[0].text.length, 'Echo: '.length + 100_000);
}

const test = suite('Redirection');
test.after(() => rmSync(folder, { recursive: true }));

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: input from a file`, async () => {
    const { code, stdout, stderr } = await shell(kind, '"$@" < "$IN"');
    assert.equal({ code, stderr }, { code: 0, stderr: '' });
    assertAnswered(stdout);
  });

  test(`${kind}: input from a file, output to a file`, async () => {
    assert.equal(await shell(kind, '"$@" < "$IN" > "$OUT"'), { code: 0, stdout: '', stderr: '' });
    assertAnswered(readFileSync(output, 'utf8'));
  });

  test(`${kind}: pipes of a shell`, async () => {
    const { code, stdout, stderr } = await shell(kind, '{ cat "$IN" | "$@"; echo $? >&2; } | cat');
    assert.equal({ code, stderr }, { code: 0, stderr: '0\n' });
    assertAnswered(stdout);
  });

  for (const [name, redirection] of [
    ['an empty input', '< /dev/null'],
    ['a closed input', '<&-'],
    ['a closed output', '< "$IN" >&-'],
    ['an output that is full', '< "$IN" > /dev/full'],
    ['all closed', '<&- >&- 2>&-'],
  ] as const) {
    test(`${kind}, ${name}: ends with 0, without a word`, async () => {
      assert.equal(await shell(kind, `"$@" ${redirection}`), { code: 0, stdout: '', stderr: '' });
    });
  }

  for (const [name, redirection] of [
    ['a closed stderr', '2>&-'],
    ['a full stderr', '2> /dev/full'],
  ] as const) {
    test(`${kind}, ${name}: harms nothing`, async () => {
      const { code, stdout } = await shell(kind, `"$@" serve --debug < "$IN" ${redirection}`);
      assert.is(code, 0);
      assertAnswered(stdout);
    });
  }
}

test.run();
