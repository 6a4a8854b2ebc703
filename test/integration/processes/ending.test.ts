import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../support/failure.ts';
import { run } from './process-desk.ts';
import { eventually, pidsOf, sleepersOf, sleeping, uniqueSeconds } from './sleepers.ts';

const test = suite('The end of a command, and of what it started');

/** Ways to leave something behind that holds the outputs. */
const leftBehind: Record<string, (seconds: string) => string> = {
  'a background process': (seconds) => `sleep ${seconds} &`,
  'one that ignores SIGHUP': (seconds) => `nohup sleep ${seconds} &`,
  'a session of its own': (seconds) => `setsid sleep ${seconds} &`,
  'a double fork': (seconds) => `(setsid sh -c 'sleep ${seconds} & sleep ${seconds} &' &);`,
  'a group of its own': (seconds) => `set -m; sleep ${seconds} &`,
};

for (const [what, line] of Object.entries(leftBehind)) {
  test(`${what} doesn’t delay the answer, and is ended`, async () => {
    const seconds = uniqueSeconds();
    const { exitCode, stdout, timedOut } = await run(`${line(seconds)} echo answer`);
    assert.equal([exitCode, stdout.head, timedOut], [0, 'answer\n', false]);
    await sleeping(seconds, 0);
  });

  test(`${what} is ended when the time is up`, async () => {
    const seconds = uniqueSeconds();
    const { timedOut, signal } = await run(`${line(seconds)} sleep ${seconds}`, { timeoutMs: 300 });
    assert.equal([timedOut, signal], [true, 'SIGTERM']);
    await sleeping(seconds, 0);
  });

  test(`${what} is ended when nobody wants it any more`, async () => {
    const seconds = uniqueSeconds();
    const controller = new AbortController();
    const running = run(`${line(seconds)} sleep ${seconds}`, {}, controller.signal);
    await eventually(() => sleepersOf(seconds) >= 2, 'the command to run');
    const reason = new Error('cancelled');
    controller.abort(reason);
    assert.is(await failureOf(running), reason);
    await sleeping(seconds, 0);
  });
}

test('who ignores SIGTERM gets SIGKILL, in the group and out of it', async () => {
  const seconds = uniqueSeconds();
  const line = `trap '' TERM; setsid sleep ${seconds} & sleep ${seconds}; sleep ${seconds}`;
  const { timedOut, signal } = await run(line, { timeoutMs: 300 });
  assert.equal([timedOut, signal], [true, 'SIGKILL']);
  await sleeping(seconds, 0);
});

test('who is left behind and ignores SIGTERM gets SIGKILL; the answer doesn’t wait for that', async () => {
  const seconds = uniqueSeconds();
  const { durationMs } = await run(`trap '' TERM; setsid sleep ${seconds} & sleep ${seconds} & echo answer`);
  assert.is(sleepersOf(seconds), 2);
  assert.ok(durationMs < 10_000);
  await sleeping(seconds, 0);
});

test('SIGTERM comes once, and there is time to clean up, in the group and out of it', async () => {
  const cleaning = (code: number) =>
    `trap "printf T; sleep 0.3 && printf C; exit ${code}" TERM; sleep 100 & wait`;
  const inside = await run(cleaning(5), { timeoutMs: 300 });
  assert.equal([inside.timedOut, inside.exitCode, inside.stdout.head], [true, 5, 'TC']);
  const outside = await run(`trap : TERM; setsid sh -c '${cleaning(0)}' & wait; wait; exit 6`, {
    timeoutMs: 300,
  });
  assert.equal([outside.timedOut, outside.exitCode, outside.stdout.head], [true, 6, 'TC']);
});

test('SIGTERM comes once to whose time is up and who is then no longer wanted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ending-'));
  try {
    const trace = join(folder, 'trace');
    const line = `trap 'echo T >>${trace}; printf T' TERM; sleep 100 & wait; sleep 0.5 & wait; wait`;
    const controller = new AbortController();
    const onOutput = () => controller.abort(new Error('cancelled'));
    await run(line, { timeoutMs: 300, onOutput }, controller.signal).catch(() => undefined);
    assert.is(readFileSync(trace, 'utf8'), 'T\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('who is no longer wanted has cleaned up, and all that it started, when that is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ending-'));
  try {
    const trace = join(folder, 'trace');
    const seconds = uniqueSeconds();
    const child = `trap "sleep 0.3; echo clean >${trace}; exit" TERM; sleep ${seconds} & wait`;
    const controller = new AbortController();
    const running = run(`sh -c '${child}' & wait`, {}, controller.signal);
    await sleeping(seconds, 1);
    controller.abort(new Error('cancelled'));
    await running.catch(() => undefined);
    assert.is(readFileSync(trace, 'utf8'), 'clean\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a command within a command: the outer one ends both', async () => {
  const seconds = uniqueSeconds();
  // As if a server that is itself a command's child had started it: its mark is added to ours.
  await run(`TFO_MCP_COMMAND="$TFO_MCP_COMMAND inner.1" setsid sleep ${seconds} & sleep 0.1`);
  await sleeping(seconds, 0);
});

test('one command’s end is not another’s', async () => {
  const seconds = uniqueSeconds();
  const controller = new AbortController();
  const staying = run(`setsid sleep ${seconds} & sleep ${seconds}`, {}, controller.signal);
  await sleeping(seconds, 2);
  await Promise.all(Array.from({ length: 20 }, () => run('setsid sleep 0.01 & sleep 0.02')));
  assert.is(sleepersOf(seconds), 2);
  controller.abort(new Error('enough'));
  await staying.catch(() => undefined);
  await sleeping(seconds, 0);
});

test('a process of ours that is no command’s is left alone', async () => {
  const seconds = uniqueSeconds();
  const bystander = spawn('sleep', [seconds], { stdio: 'ignore' });
  await sleeping(seconds, 1);
  await run('setsid sleep 1 & setsid sleep 1 &');
  assert.is(sleepersOf(seconds), 1);
  bystander.kill('SIGKILL');
  await sleeping(seconds, 0);
});

test('whoever writes without end doesn’t hold the answer back', async () => {
  const { exitCode } = await run('setsid yes & yes & sleep 0.05');
  assert.is(exitCode, 0);
});

test('who has escaped and writes without end holds back neither the answer nor our files', async () => {
  const unique = uniqueSeconds();
  const escaped = () => pidsOf('yes', unique);
  const escaping = `env -i setsid yes ${unique}`;
  try {
    const { exitCode } = await run(`${escaping} & ${escaping} >&2 & sleep 0.1`);
    assert.is(exitCode, 0);
    // Nobody ends them; what they write into is closed, and each notices at the next write.
    await eventually(() => escaped().length === 0, 'those who write to have lost their reader');
  } finally {
    for (const pid of escaped()) process.kill(pid, 'SIGKILL');
  }
});

test('what is no longer wanted while it starts is ended', async () => {
  const reason = new Error('cancelled');
  const controller = new AbortController();
  const running = run('sleep 1000', { timeoutMs: 1_000_000 }, controller.signal);
  controller.abort(reason);
  assert.is(await failureOf(running), reason);
});

test('what was no longer wanted before it began doesn’t begin', async () => {
  const reason = new Error('too late');
  const unstartable = { line: { argv: ['no-such-program'] } };
  assert.is(await failureOf(run('', unstartable, AbortSignal.abort(reason))), reason);
});

test.run();
