import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { begin, fail, hang } from '../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { type ServerKind, serverCommand } from '../support/server-process.ts';

const test = suite('tfo-mcp chat');

const api = await AnthropicServer.start();
const home = mkdtempSync(join(tmpdir(), 'tfo-mcp-chat-'));
const started: ChildProcessWithoutNullStreams[] = [];
test.before.each(() => {
  api.requests.length = 0;
});
test.after(async () => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(home, { recursive: true });
  await api.close();
});

/** A chat whose input the test types, and all that it printed so far. */
function startChat(kind: ServerKind, args: readonly string[] = [], env: Record<string, string> = {}) {
  const { command, args: first } = serverCommand(kind);
  const child = spawn(command, [...first, 'chat', ...args], {
    cwd: home,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      ANTHROPIC_API_KEY: TEST_API_KEY,
      ANTHROPIC_BASE_URL: api.url,
      ...env,
    },
  });
  started.push(child);
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  const ended = once(child, 'close').then(([code]) => ({ code, ...printed }));
  return {
    child,
    ended,
    async until(stream: 'stdout' | 'stderr', text: string): Promise<void> {
      while (!printed[stream].includes(text))
        await Promise.race([
          once(child[stream], 'data'),
          ended.then((end) => Promise.reject(new Error(`Expected "${text}", got ${JSON.stringify(end)}`))),
        ]);
    },
  };
}

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: answers what is piped, line by line, in one conversation`, async () => {
    const { child, ended } = startChat(kind, ['--model', 'claude-opus-4-8']);
    child.stdin.end('Hello\nAnd again');
    assert.equal(await ended, {
      code: 0,
      stdout: 'You said: Hello\nYou said: And again\n',
      stderr: '',
    });
    assert.equal(
      api.messageBodies.map(({ model, messages }) => [model, messages.length]),
      [
        ['claude-opus-4-8', 1],
        ['claude-opus-4-8', 3],
      ],
    );
  });

  test(`${kind}: Ctrl-C stops the answer, a second one leaves`, async () => {
    const { child, ended, until } = startChat(kind);
    api.next(begin('Well, ', hang));
    child.stdin.write('Hello\n');
    await until('stdout', 'Well');
    child.kill('SIGINT');
    await until('stderr', 'Stopped; nothing was added');
    await api.requests.at(-1)?.aborted;
    child.stdin.write('Again\n');
    await until('stdout', 'You said: Again');
    assert.is(api.messageBodies.at(-1).messages.length, 1);
    child.kill('SIGINT');
    assert.is((await ended).code, 130);
  });
}

test('the chat takes the key from a file', async () => {
  const file = join(home, 'key');
  writeFileSync(file, `${TEST_API_KEY}\n`);
  const { child, ended } = startChat('binary', [], { ANTHROPIC_API_KEY: '', ANTHROPIC_API_KEY_FILE: file });
  child.stdin.end('Hello\n');
  assert.is((await ended).stdout, 'You said: Hello\n');
});

test('the chat fails where a piped message was not answered, and says why', async () => {
  api.next(fail(401, 'authentication_error'));
  const { child, ended } = startChat('binary');
  child.stdin.end('Hello\n');
  const { code, stdout, stderr } = await ended;
  assert.equal([code, stdout], [1, '']);
  assert.match(stderr, /^error: .*ANTHROPIC_API_KEY/);
  assert.not.match(stderr, TEST_API_KEY);
});

test('the chat ends at SIGTERM while an answer comes', async () => {
  const { child, ended, until } = startChat('binary');
  api.next(begin('Well, ', hang));
  child.stdin.write('Hello\n');
  await until('stdout', 'Well');
  child.kill('SIGTERM');
  assert.is((await ended).code, 130);
});

test.run();
