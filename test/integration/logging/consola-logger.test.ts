import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('consola logger on a real stderr');

const SCRIPT = fileURLToPath(new URL('write-lines.ts', import.meta.url));
const MIB = 1024 * 1024;

/** Well above the length of one line. */
const LINE = 1024;

/** Starts the script; its stdin has ended and its stderr is a pipe, unless said otherwise. */
function start(
  lines: number,
  linesAtOnce: number,
  { stdin = 'ignore', stderr = 'pipe' }: { stdin?: 'pipe' | 'ignore'; stderr?: 'pipe' | number } = {},
) {
  const child = spawn(process.execPath, [SCRIPT, String(lines), String(linesAtOnce)], {
    stdio: [stdin, 'pipe', stderr],
    // A child that doesn't end by itself is killed, and its exit code is then null.
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  assert.ok(child.stdout);
  return { child, output: text(child.stdout), ended: once(child, 'exit') };
}

function mostWaiting(output: string): number {
  assert.match(output, /^\{"mostWaiting":\d+\}\n$/);
  return JSON.parse(output).mostWaiting;
}

function readLines({ stderr }: ChildProcess) {
  assert.ok(stderr);
  return createInterface({ input: stderr, crlfDelay: Number.POSITIVE_INFINITY });
}

test('the logger writes each line once, in order, to stderr and none to stdout, with secrets masked', async () => {
  const { child, output, ended } = start(2000, 50);
  const numbers: unknown[] = [];
  for await (const line of readLines(child)) {
    assert.not.match(line, 'hunter2');
    numbers.push(JSON.parse(line).line);
  }
  assert.equal(
    numbers,
    Array.from({ length: 2000 }, (_, line) => line),
  );
  assert.is((await ended)[0], 0);
  mostWaiting(await output);
});

for (const [what, linesAtOnce] of [
  ['iteration by iteration', 100],
  ['in one burst', 50_000],
] as const) {
  test(`the logger holds little and ends by itself when nobody reads 50,000 lines, written ${what}`, async () => {
    const { output, ended } = start(50_000, linesAtOnce);
    assert.is((await ended)[0], 0);
    const waiting = mostWaiting(await output);
    assert.ok(waiting <= MIB + LINE, `expected at most 1 MiB and a line, got ${waiting}`);
  });
}

test('the logger says how many lines it dropped as soon as somebody reads', async () => {
  const total = 20_000;
  const { child, output, ended } = start(total, 100, { stdin: 'pipe' });
  // Everything is written before anything is read.
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  let read = 0;
  let dropped = 0;
  for await (const line of readLines(child)) {
    dropped = JSON.parse(line).dropped ?? 0;
    if (dropped > 0) child.stdin?.end();
    else read++;
  }
  assert.ok(dropped > 0);
  assert.is(read + dropped, total);
  assert.is((await ended)[0], 0);
  assert.ok(mostWaiting(await output) > MIB / 2);
});

test('the logger goes on when its reader goes away', async () => {
  const { child, output, ended } = start(5000, 100);
  child.stderr?.destroy();
  assert.is((await ended)[0], 0);
  mostWaiting(await output);
});

test('the logger goes on when stderr can not be written', async () => {
  const readOnly = openSync(SCRIPT, 'r');
  const { output, ended } = start(5000, 100, { stderr: readOnly });
  closeSync(readOnly);
  assert.is((await ended)[0], 0);
  mostWaiting(await output);
});

test.run();
