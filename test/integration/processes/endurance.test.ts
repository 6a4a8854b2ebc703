import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from './process-desk.ts';
import { eventually } from './sleepers.ts';

const test = suite('Many commands, and long ones');

const openFiles = () => readdirSync('/proc/self/fd').length;

const childrenOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);

test('1,000 commands leave no file, no zombie and no listener behind', async () => {
  const { signal } = new AbortController();
  await run('true', {}, signal);
  const files = openFiles();
  let added = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    added += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    added -= 1;
    removeEventListener.apply(signal, args);
  };
  const exitListeners = process.listenerCount('exit');
  for (let count = 0; count < 1000; count += 20) {
    const stdin = count % 40 === 0 ? 'x' : undefined;
    await Promise.all(Array.from({ length: 20 }, () => run('echo hi', { stdin }, signal)));
  }
  assert.is(added, 0);
  assert.is(process.listenerCount('exit'), exitListeners);
  await eventually(() => openFiles() <= files, `at most ${files} open files`);
  await eventually(() => childrenOf(process.pid).length === 0, 'no child, ended or not');
});

test('200 MB of output are not kept', async () => {
  await run('head -c 20000000 /dev/zero');
  const before = process.memoryUsage().rss;
  let most = before;
  const { stdout } = await run('head -c 200000000 /dev/zero', {
    onOutput: () => {
      most = Math.max(most, process.memoryUsage.rss());
    },
  });
  assert.is(stdout.omittedBytes + 65_536, 200_000_000);
  assert.ok(most - before < 64 * 1024 * 1024, `grew by ${Math.round((most - before) / 1e6)} MB`);
});

test.run();
