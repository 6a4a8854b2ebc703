import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pidsOf, sleepersOf, sleeping, uniqueSeconds } from './sleepers.ts';

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

for (const [what, command] of [
  ['nothing', ''],
  ['something that was ended', 'setsid sleep 1000 &'],
] as const) {
  test(`a command that left ${what} behind neither keeps the process from ending nor is ended again`, async () => {
    const seconds = uniqueSeconds();
    // Nothing is waited for any more: the mark is now on what somebody else has started.
    const end = `
      process.stdin.destroy();
      const { stdout } = await running;
      process.once('beforeExit', () => {
        const env = { PATH: process.env.PATH, TFO_MCP_COMMAND: stdout.head.trim() };
        spawn('sleep', ['${seconds}'], { env, detached: true, stdio: 'ignore' }).unref();
        process.exit(0);
      });`;
    const source = `import { spawn } from 'node:child_process';\n${host(`${command} echo $TFO_MCP_COMMAND`, end)}`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
    try {
      await once(child.stdout, 'data');
      child.stdin.write('end\n');
      assert.equal(await exited, [0, null]);
      assert.is(sleepersOf(seconds), 1);
    } finally {
      child.kill('SIGKILL');
      for (const pid of pidsOf('sleep', seconds)) process.kill(pid, 'SIGKILL');
    }
  });
}

if (process.getuid?.() === 0) {
  test('a command that we may not end is told of as such, and keeps nobody from ending', async () => {
    const seconds = uniqueSeconds();
    const source = `
      import { NodeProcesses } from ${JSON.stringify(adapter.href)};
      const line = { argv: ['sleep', '${seconds}'] };
      const stdin = 'x'.repeat(1_000_000);
      const request = { line, stdin, directory: '/', environment: process.env, timeoutMs: 100, maxOutputBytes: 1000 };
      const running = new NodeProcesses().run(request, new AbortController().signal);
      process.setgid(65534);
      process.setuid(65534);
      const { exitCode, signal, timedOut } = await running;
      console.log(JSON.stringify({ exitCode, signal, timedOut }));
    `;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
    try {
      const told = text(child.stdout);
      assert.equal(await exited, [0, null]);
      assert.equal(JSON.parse(await told), { exitCode: null, signal: null, timedOut: true });
      assert.is(sleepersOf(seconds), 1);
    } finally {
      child.kill('SIGKILL');
      for (const pid of pidsOf('sleep', seconds)) process.kill(pid, 'SIGKILL');
    }
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
