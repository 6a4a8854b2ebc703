import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMarks, withMark } from '../../../src/infrastructure/processes/terminate/command-mark.ts';
import {
  DescendantSearch,
  hasOnlyLeader,
} from '../../../src/infrastructure/processes/terminate/descendant-search.ts';
import {
  lastProcess,
  listProcesses,
  readProcessEnvironment,
  readState,
} from '../../../src/infrastructure/processes/terminate/proc-files.ts';
import { eventually } from './sleepers.ts';

const test = suite('The search for what descends from a command');
const nextMark = createMarks();
const search = new DescendantSearch();
const started: ChildProcess[] = [];
test.after(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Larger than any process number. */
const BEYOND = 2 ** 22 + 1;

function start(environment: Record<string, string>): number {
  const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore', env: environment });
  started.push(child);
  return child.pid as number;
}

/** Does the work while there is a process whose environment is empty, as that of one that is just being started. */
async function withUnclear(work: () => Promise<void>): Promise<void> {
  const pid = start({});
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGKILL');
  }
}

const justNow = () => performance.now();
const longAgo = () => performance.now() - 2000;

test('the search finds who has a smaller number than the command, once the numbers may have gone round', async () => {
  const mark = nextMark();
  const pid = start(withMark({}, mark));
  const later = start({ A: '1' });
  for (const tree of [
    { leader: later, mark, startedAt: longAgo() },
    { leader: BEYOND, mark, startedAt: justNow() },
  ])
    assert.equal((await search.find(tree)).pids, [pid]);
});

test('the search finds a mark at the end of a long environment', async () => {
  const mark = nextMark();
  const pid = start(withMark({ A: 'x'.repeat(100_000), B: 'x'.repeat(100_000) }, mark));
  assert.equal((await search.find({ leader: pid, mark, startedAt: justNow() })).pids, [pid]);
});

test('the search finds those of two commands at once, whichever of them was asked for first', async () => {
  const [mark, laterMark] = [nextMark(), nextMark()];
  const pid = start(withMark({}, mark));
  const later = start(withMark({}, laterMark));
  const sightings = await Promise.all([
    search.find({ leader: later, mark: laterMark, startedAt: justNow() }),
    search.find({ leader: pid, mark, startedAt: justNow() }),
  ]);
  assert.equal(
    sightings.map(({ pids }) => pids),
    [[later], [pid]],
  );
});

/** Looks around, and starts who is to be found as soon as that pauses; undefined when it does not. */
async function startedMeanwhile(): Promise<{ pid: number; found: readonly number[] } | undefined> {
  const mark = nextMark();
  let isOver = false;
  let pid: number | undefined;
  const looking = search.find({ leader: BEYOND, mark, startedAt: justNow() }).finally(() => {
    isOver = true;
  });
  // Of two timers that are due at the same time the one set first comes first: the look’s own.
  setTimeout(() => {
    if (!isOver) pid = start(withMark({}, mark));
  }, 5);
  const { pids } = await looking;
  return pid === undefined ? undefined : { pid, found: pids };
}

test('the search lets others run while it looks around, and finds who is started meanwhile', async () => {
  const long = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`V${n}`, 'x'.repeat(100_000)]));
  let meanwhile: Awaited<ReturnType<typeof startedMeanwhile>>;
  for (let times = 0; meanwhile === undefined && times < 20; times++) {
    for (let count = 0; count < 5; count++) start(long); // the more there is to read, the longer it takes
    meanwhile = await startedMeanwhile();
  }
  assert.ok(meanwhile, 'a look around that pauses');
  assert.equal(meanwhile.found, [meanwhile.pid]);
});

test('who shows no environment makes it unsure', async () => {
  const tree = { leader: BEYOND, mark: nextMark(), startedAt: justNow() };
  await withUnclear(async () => assert.equal(await search.find(tree), { pids: [], isUnsure: true }));
});

/** True if there is one on this machine that makes every search unsure. */
const isSomeoneUnclear = () =>
  listProcesses().some((pid) => readProcessEnvironment(pid)?.length === 0 && readState(pid)?.hasMemory);

test('who has ended does not make it unsure', async () => {
  // Its parent never takes note of its end.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 1000'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(parent);
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  await eventually(() => readState(pid)?.isRunning === false, 'the process to end');
  assert.is(readState(pid)?.hasMemory, false);
  const deadline = performance.now() + 15_000;
  const look = () => search.find({ leader: pid, mark: nextMark(), startedAt: justNow() });
  while ((await look()).isUnsure && !isSomeoneUnclear())
    assert.ok(performance.now() < deadline, 'a look that is sure, though others are being started');
});

if (process.getuid?.() === 0) {
  test('who can’t be looked into does not make it unsure', async () => {
    const tree = { leader: BEYOND, mark: nextMark(), startedAt: justNow() };
    await withUnclear(async () => {
      process.seteuid?.(65_534);
      try {
        assert.equal(await search.find(tree), { pids: [], isUnsure: false });
      } finally {
        process.seteuid?.(0);
      }
    });
  });
}

const KTHREADD = 2;
if (
  existsSync(`/proc/${KTHREADD}/comm`) &&
  readFileSync(`/proc/${KTHREADD}/comm`, 'latin1') === 'kthreadd\n'
) {
  test('a thread of the kernel never has an environment', () => {
    assert.is(readState(KTHREADD)?.hasMemory, false);
  });
}

test('a command that nobody was started after has no descendants, unless the numbers may have gone round', async () => {
  const leaderOf = (startedAt: number) => ({ leader: lastProcess(), mark: '', startedAt });
  await eventually(() => hasOnlyLeader(leaderOf(justNow())), 'nobody to be started');
  assert.not(hasOnlyLeader(leaderOf(longAgo())));
  const earlier = start({ A: '1' });
  start({ A: '1' });
  assert.not(hasOnlyLeader({ leader: earlier, mark: '', startedAt: justNow() }));
});

test('who is gone when it is looked at is nobody', () => {
  assert.is(readProcessEnvironment(BEYOND), undefined);
  assert.is(readState(BEYOND), undefined);
});

test('a process is told whatever its program is called', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  try {
    const path = join(folder, 'a) Z (b 7 ');
    writeFileSync(path, '#!/bin/sh\nread forever\n');
    chmodSync(path, 0o755);
    const child = spawn(path, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    started.push(child);
    assert.is(readState(child.pid as number)?.group, child.pid);
    assert.is(readState(child.pid as number)?.isRunning, true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
