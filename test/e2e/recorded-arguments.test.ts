import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { type Frame, serverCommand } from '../support/server-process.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('arguments in stored events', { home: '' });

const api = await AnthropicServer.start();
test.before.each((context) => {
  context.home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-arguments-')));
});
test.after.each(({ home }) => rmSync(home, { recursive: true, force: true }));
test.after(async () => {
  killStartedServers();
  await api.close();
});

const environmentOf = (home: string, form: string) => ({
  HOME: home,
  ANTHROPIC_API_KEY: TEST_API_KEY,
  ANTHROPIC_BASE_URL: api.url,
  TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite',
  TELEMETRYFLOW_MCP_AUDIT_RECORD_ARGUMENTS: form,
});

const fileIn = (home: string) => join(home, '.local/state/tfo-mcp/tfo-mcp.db');

/** Everything that is in the database's files. */
const bytesIn = (home: string) =>
  Buffer.concat(
    ['', '-wal', '-shm'].map((end) => {
      const path = `${fileIn(home)}${end}`;
      return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    }),
  );

/** Gives the word in every way in which a caller can give something, and all but the first twice. */
async function give(word: string, home: string, form: string) {
  const server = startServer('binary', {
    env: environmentOf(home, form),
    args: ['serve', '--allow', home],
  });
  await server.initialize();
  let id = 0;
  const ask = async (method: string, params: object): Promise<Frame> =>
    await server.request(++id, method, params);
  const call = (name: string, args: object) => ask('tools/call', { name, arguments: args });
  const path = join(home, `${word}.txt`);
  await call('claude_conversation', { message: `Said ${word}`, model: `no ${word}`, max_tokens: 7 });
  writeFileSync(path, word);
  for (let time = 0; time < 2; time += 1) {
    await call('echo', { message: `${word} ${TEST_API_KEY}` });
    await call('read_file', time === 0 ? { path, limit: 1 } : { limit: 1, path });
    await call('read_file', { path: join(home, '..', word) });
    await call('write_file', { path, content: `${word} `.repeat(10_000) });
    await call('execute_command', { argv: [word] });
    await call('echo', { [word]: word });
    await call(word, { message: word });
    await ask('resources/read', { uri: pathToFileURL(path).href });
    await ask('resources/read', { uri: `${word}://${word}` });
    await ask('prompts/get', { name: 'code_review', arguments: { code: word } });
    await ask('prompts/get', { name: word, arguments: { code: word } });
  }
  return { server, ask };
}

function eventsIn(home: string, form: string) {
  const { command, args } = serverCommand('binary');
  const { stdout } = spawnSync(command, [...args, 'events', '--json'], {
    env: environmentOf(home, form),
    encoding: 'utf8',
  });
  const all: Frame[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const asked = all.filter(({ type }) => ['ToolExecuted', 'ResourceRead', 'PromptExecuted'].includes(type));
  return { stdout, asked, given: asked.slice(1).map(({ payload }) => payload) };
}

const word = 'Pl4nted-w0rd';

const CODES = [
  undefined,
  undefined,
  'path.outside',
  undefined,
  'command.not-found',
  'tool.arguments-invalid',
  'tool.not-found',
  undefined,
  'resource.not-found',
  undefined,
  'prompt.not-found',
];

for (const form of ['none', 'hash'] as const)
  test(`${form}: nothing that callers gave is in the file or its log, now or later`, async ({ home }) => {
    const { server } = await give(word, home, form);
    // The conversation is kept, with what was said in it.
    await deleteConversations(home, form);
    assert.not.ok(bytesIn(home).includes(word));
    await server.close();
    assert.not.ok(bytesIn(home).includes(word));
    assert.not.match(server.stderr, word);
    const { asked, given } = eventsIn(home, form);
    assert.is(asked.length, 23);
    assert.equal(
      given.map(({ errorCode }) => errorCode),
      [...CODES, ...CODES],
    );
    assert.ok(asked.every(({ payload }) => payload.principal === 'local' && !('arguments' in payload)));
    const hashes: string[] = given.map(({ argumentsHash }) => argumentsHash);
    assert.is(existsSync(`${fileIn(home)}.key`), form === 'hash');
    if (form === 'none') return assert.ok(hashes.every((hash) => hash === undefined));
    if (process.platform !== 'win32') assert.is(statSync(`${fileIn(home)}.key`).mode & 0o777, 0o600);
    const half = hashes.length / 2;
    assert.equal(hashes.slice(half), hashes.slice(0, half), 'equal arguments have equal hashes');
    assert.is(
      new Set(hashes).size,
      10,
      'and others, others; of a tool and of a prompt that is not there, two are equal',
    );
  });

test('full: what callers gave is in the file, without secrets and without what was said', async ({
  home,
}) => {
  const { server, ask } = await give(word, home, 'full');
  const read = await ask('tools/call', { name: 'read_file', arguments: { path: fileIn(home) } });
  assert.match(read.result.content[0].text, 'is refused');
  await server.close();
  assert.not.ok(bytesIn(home).includes(TEST_API_KEY));
  const { stdout, asked } = eventsIn(home, 'full');
  assert.equal(asked[0].payload.arguments, { message: '{…}', model: `no ${word}`, max_tokens: 7 });
  assert.not.match(stdout, 'Said');
  const path = join(home, `${word}.txt`);
  assert.equal(
    asked.slice(1, 12).map(({ payload }) => payload.arguments),
    [
      { message: `${word} ********` },
      { path, limit: 1 },
      { path: join(home, '..', word) },
      { path, content: `${`${word} `.repeat(10_000).slice(0, 1024)}… (130000 characters)` },
      { argv: [word] },
      { [word]: word },
      { message: word },
      { uri: pathToFileURL(path).href },
      { uri: `${word}://${word}` },
      { code: word },
      { code: word },
    ],
  );
  assert.equal(
    asked.filter(({ payload }) => payload.argumentsCut).map(({ aggregate }) => aggregate.id),
    ['write_file', 'write_file'],
  );
  assert.not.match(server.stderr, word);
});

function deleteConversations(home: string, form: string) {
  const { command, args } = serverCommand('binary');
  const run = (...line: string[]) =>
    spawnSync(command, [...args, 'conversations', ...line], {
      env: environmentOf(home, form),
      encoding: 'utf8',
    });
  for (const { id } of JSON.parse(run('list', '--json').stdout)) assert.is(run('delete', id).status, 0);
}

test.run();
