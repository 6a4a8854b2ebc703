import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sleeping, uniqueSeconds } from './sleepers.ts';

const adapter = new URL('../../../src/infrastructure/processes/node-processes.ts', import.meta.url);

/** A process that runs a command, says so, and ends in its own way. */
const host = (command: string, end: string) => `
import { NodeProcesses } from ${JSON.stringify(adapter.href)};
const processes = new NodeProcesses();
const request = { line: { command: ${JSON.stringify(command)} }, directory: '/', environment: process.env, timeoutMs: 60000, maxOutputBytes: 1000 };
const running = processes.run(request, new AbortController().signal);
process.stdin.once('data', async () => { ${end} });
console.log('ready');
`;

const test = suite('The exit of the process that runs commands');

for (const [way, end] of [
  ['process.exit', 'process.exit(0)'],
  ['an exception that nobody catches', 'throw new Error("on purpose")'],
] as const) {
  test(`${way} leaves nothing of a command, TERM ignored or not`, async () => {
    const seconds = uniqueSeconds();
    const command = `trap '' TERM; setsid sleep ${seconds} & (setsid sleep ${seconds} &); env -i sleep ${seconds} & sleep ${seconds}`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', host(command, end)], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    await sleeping(seconds, 4);
    child.stdin.write('end\n');
    await exited;
    await sleeping(seconds, 0);
  });
}

test('what a finished command left behind is ended too, though its grace is not over', async () => {
  const seconds = uniqueSeconds();
  const command = `trap '' TERM; setsid sleep ${seconds} & sleep ${seconds} & sleep 0.1`;
  const child = spawn(
    process.execPath,
    ['--input-type=module-typescript', '-e', host(command, 'await running; process.exit(0)')],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  await sleeping(seconds, 2);
  child.stdin.write('end\n');
  const [code] = await exited;
  assert.is(code, 0);
  await sleeping(seconds, 0);
});

test.run();
