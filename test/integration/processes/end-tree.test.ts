import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMarks, withMark } from '../../../src/infrastructure/processes/terminate/command-mark.ts';
import {
  DescendantSearch,
  type Sighting,
} from '../../../src/infrastructure/processes/terminate/descendant-search.ts';
import { endTree } from '../../../src/infrastructure/processes/terminate/end-tree.ts';
import { groupIsRunning, readState } from '../../../src/infrastructure/processes/terminate/proc-files.ts';
import { signalGroup } from '../../../src/infrastructure/processes/terminate/process-group.ts';
import type { ProcessTree } from '../../../src/infrastructure/processes/terminate/process-tree.ts';
import { eventually } from './sleepers.ts';

const test = suite('The end of a process tree');
const started: ChildProcessByStdio<null, Readable, null>[] = [];
test.after(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts what says the number of the group that it leads or makes. */
async function groupOf(line: string): Promise<number> {
  const child = spawn('/bin/sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  started.push(child);
  const [chunk] = await once(child.stdout, 'data');
  return Number(chunk);
}

/** A group whose only process has ended, with a parent that never takes note: as pid 1 of a container without an init. */
async function endedGroup(): Promise<number> {
  const leader = await groupOf('setsid sleep 0.01 & echo $!; exec sleep 1000');
  await eventually(() => readState(leader)?.isRunning === false, 'the process to end');
  return leader;
}

const treeOf = (leader: number) => ({ leader, mark: 'nobody.1', startedAt: performance.now() });

test('a group of which nobody runs any more doesn’t, though it can be signalled', async () => {
  const leader = await endedGroup();
  assert.ok(signalGroup(leader, 0));
  assert.not(groupIsRunning(leader));
  assert.ok(groupIsRunning(await groupOf('echo $$; exec sleep 1000')));
});

test('who has ended is not waited for, whether or not its parent has taken note', async () => {
  const ended = await endedGroup();
  const stubborn = await groupOf(`trap '' TERM; echo $$; sleep 1000`);
  const search = new DescendantSearch();
  const first = await Promise.race([
    endTree(treeOf(stubborn), search).then(() => 'who ignores SIGTERM'),
    endTree(treeOf(ended), search).then(() => 'who has ended'),
  ]);
  assert.is(first, 'who has ended');
  signalGroup(stubborn, 'SIGKILL');
});

/** No process has such a number: there are only those outside of a group. */
const NO_GROUP = 2 ** 22 + 1;

/** Starts what is not in the group of a tree, but carries its mark. */
function startStray(program: string, args: readonly string[], mark: string) {
  const env = withMark({ PATH: process.env['PATH'] ?? '/usr/bin:/bin' }, mark);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true, env });
  started.push(child);
  return child;
}

test('who was started right before gets SIGTERM like everybody, not only SIGKILL in the end', async () => {
  const nextMark = createMarks();
  const search = new DescendantSearch();
  const endings = Array.from({ length: 10 }, async () => {
    const mark = nextMark();
    const exited = once(startStray('sleep', ['1000'], mark), 'exit');
    await endTree({ ...treeOf(NO_GROUP), mark }, search);
    const [, signal] = await exited;
    return signal;
  });
  assert.equal(await Promise.all(endings), Array(10).fill('SIGTERM'));
});

test('a group that comes to have the number of one that is gone is left alone', async () => {
  const mark = createMarks()();
  const bystander = spawn('/bin/sh', ['-c', 'read go; exec setsid sleep 1000'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    const leader = bystander.pid as number;
    const stubborn = startStray('/bin/sh', ['-c', `trap '' TERM; echo ready; exec sleep 1000`], mark);
    await once(stubborn.stdout, 'data');
    const stubbornEnded = once(stubborn, 'exit');
    const ended = endTree({ ...treeOf(leader), mark }, new DescendantSearch());
    bystander.stdin.write('go\n');
    await eventually(() => groupIsRunning(leader), 'the bystander to have a group of its own');
    await ended;
    assert.is((await stubbornEnded)[1], 'SIGKILL');
    assert.ok(groupIsRunning(leader));
  } finally {
    bystander.kill('SIGKILL');
  }
});

test('who can’t be ended is given up in the end', async () => {
  // If nothing tells that it has ended already, as on macOS, its group can be signalled for ever.
  const ended = await endedGroup();
  await endTree(treeOf(ended), undefined);
  assert.ok(signalGroup(ended, 0));
});

/** Counts how often it looks. */
class CountingSearch extends DescendantSearch {
  looks = 0;

  override find(tree: ProcessTree): Promise<Sighting> {
    this.looks += 1;
    return super.find(tree);
  }
}

test('those who can’t be told are looked at again, but not for as long as they live', async () => {
  const child = spawn('sleep', ['1000'], { stdio: ['ignore', 'pipe', 'ignore'], detached: true, env: {} });
  started.push(child);
  const search = new CountingSearch();
  await endTree(treeOf(NO_GROUP), search);
  assert.is(search.looks, 4);
});

/** As on a machine where processes are being started all the time: each look finds some that can't be told yet. */
class UnsureSearch extends DescendantSearch {
  override async find(tree: ProcessTree): Promise<Sighting> {
    return { ...(await super.find(tree)), isUnsure: true };
  }
}

test('what is started to clean up is left alone, however often we look again', async () => {
  const mark = createMarks()();
  const cleaning = 'trap "sleep 0.3 && echo cleaned; exit" TERM; echo ready; sleep 1000 & wait';
  const child = spawn('/bin/sh', ['-c', `trap : TERM; setsid sh -c '${cleaning}' & wait; wait`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
    env: withMark({ PATH: process.env['PATH'] ?? '/usr/bin:/bin' }, mark),
  });
  started.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await eventually(() => said === 'ready\n', 'the process to be ready');
  const closed = once(child.stdout, 'close');
  const leader = child.pid as number;
  await endTree({ leader, mark, startedAt: performance.now() }, new UnsureSearch());
  await closed;
  assert.is(said, 'ready\ncleaned\n');
});

test.run();
