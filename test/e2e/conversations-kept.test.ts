import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { HttpClient, HttpSession } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { type Frame, type ServerKind, serverCommand } from '../support/server-process.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

const test = suite('conversations that are kept', { home: '' });

const api = await AnthropicServer.start();
test.before.each((context) => {
  api.requests.length = 0;
  context.home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-kept-')));
});
test.after.each(({ home }) => rmSync(home, { recursive: true, force: true }));
test.after(async () => {
  killStartedServers();
  killNetworkServers();
  await api.close();
});

const environmentOf = (home: string) => ({
  HOME: home,
  ANTHROPIC_API_KEY: TEST_API_KEY,
  ANTHROPIC_BASE_URL: api.url,
});

const fileIn = (home: string) => join(home, '.local/state/tfo-mcp/tfo-mcp.db');

async function start(kind: ServerKind, home: string, args: readonly string[] = []) {
  const server = startServer(kind, { env: environmentOf(home), args });
  await server.initialize();
  let id = 0;
  const call = async (name: string, given: object): Promise<Frame> =>
    (await server.request(++id, 'tools/call', { name, arguments: given })).result;
  return { server, call, say: (given: object) => call('claude_conversation', given) };
}

function run(kind: ServerKind, home: string, line: string) {
  const { command, args } = serverCommand(kind);
  return spawnSync(command, [...args, ...line.split(' ')], {
    env: environmentOf(home),
    encoding: 'utf8',
    timeout: 60_000,
  });
}

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: a conversation outlives the process, however that ends, and others find it`, async ({
    home,
  }) => {
    const first = await start(kind, home);
    await first.server.request('list', 'tools/list');
    await delay(200);
    assert.not.ok(existsSync(fileIn(home)), 'nothing is opened before something is to be kept');
    const begun = await first.say({ message: 'Hello', system_prompt: 'Be brief' });
    const { conversation_id } = begun.structuredContent;
    first.server.kill();

    const [second, third] = [await start(kind, home), await start(kind, home)];
    await second.say({ message: 'And again', conversation_id });
    const said = await third.say({ message: 'Still there?', conversation_id });
    assert.is(said.structuredContent.text, 'You said: Still there?');
    assert.equal(
      api.messageBodies.at(-1).messages.map(({ role }: Frame) => role),
      ['user', 'assistant', 'user', 'assistant', 'user'],
    );
    if (process.platform !== 'win32') {
      assert.is(statSync(fileIn(home)).mode & 0o777, 0o600);
      assert.is(statSync(join(fileIn(home), '..')).mode & 0o777, 0o700);
    }
    assert.is((await second.server.close()).code, 0);
    assert.is((await third.server.close()).code, 0);
    assert.is(second.server.stderr + third.server.stderr, '');
  });

  test(`${kind}: the command line lists, shows, exports and deletes what is kept`, async ({ home }) => {
    const { server, say } = await start(kind, home);
    const { conversation_id } = (await say({ message: 'Hello there' })).structuredContent;
    const { stdout } = run(kind, home, 'conversations list');
    assert.match(stdout, `${conversation_id}`);
    assert.match(stdout, 'Hello there');
    assert.match(run(kind, home, `conversations show ${conversation_id}`).stdout, 'You said: Hello there');
    const exported = JSON.parse(run(kind, home, `conversations export ${conversation_id}`).stdout);
    assert.equal([exported.owner, exported.messages.length], ['local', 2]);
    const begun = run(kind, home, `conversations show ${conversation_id.slice(0, -1)}`);
    assert.match(begun.stdout, 'You said: Hello there');
    const deleted = run(kind, home, `conversations delete ${conversation_id}`);
    assert.equal([deleted.status, deleted.stdout], [0, '']);
    assert.is(run(kind, home, 'conversations list').stderr, 'There is no conversation\n');
    assert.match(
      run(kind, home, 'events --type ConversationDeleted').stdout,
      `conversation:${conversation_id}`,
    );
    for (const end of ['', '-wal']) {
      const bytes = readFileSync(`${fileIn(home)}${end}`);
      assert.not.ok(bytes.includes('Hello there'), `nothing of it is left in the file${end}`);
    }
    const gone = await say({ message: 'Still there?', conversation_id });
    assert.match(gone.content[0].text, 'There is no conversation');
    await server.close();
  });
}

test('a backup brings back what was deleted, while a server goes on', async ({ home }) => {
  const { server, say } = await start('binary', home);
  const { conversation_id } = (await say({ message: 'Hello there' })).structuredContent;
  const copy = join(home, 'copy.db');
  assert.is(run('binary', home, `database backup ${copy}`).status, 0);
  if (process.platform !== 'win32') assert.is(statSync(copy).mode & 0o777, 0o600);
  assert.match(run('binary', home, `database backup ${copy}`).stderr, /copy\.db" exists already/);
  const beside = `${fileIn(home)}.backup`;
  assert.is(run('binary', home, `database backup ${beside}`).status, 0);
  const deleted = run('binary', home, `conversations delete ${conversation_id}`);
  assert.is(deleted.status, 0);
  assert.match(deleted.stderr, `warning: It is still in ${beside}: delete that, too`);
  assert.is(run('binary', home, `database restore ${copy}`).status, 0);
  assert.match(run('binary', home, `conversations show ${conversation_id}`).stdout, 'Hello there');
  const { text } = (await say({ message: 'And on', conversation_id })).structuredContent;
  assert.is(text, 'You said: And on');
  assert.match(run('binary', home, 'migrate status').stdout, /tfo-mcp\.db: schema (\d+) of \1/);
  assert.is(run('binary', home, 'migrate up').status, 0);
  await server.close();
  const told = run('binary', home, 'events --type ConversationDeleted --type DatabaseRestored').stdout;
  assert.match(told, /^\S+ {2}DatabaseRestored {2}database:sqlite {2}principal=local\n$/);
});

test('what happens is kept, without what was given, and can be followed', async ({ home }) => {
  const { server, say, call } = await start('binary', home, ['serve', '--allow', home]);
  const { command, args } = serverCommand('binary');
  const watch = spawn(command, [...args, 'events', '--follow', '--json'], {
    env: environmentOf(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  watch.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
  });
  await call('echo', { message: 'a secret' });
  await call('read_file', { path: join(home, 'secret.txt') });
  await say({ message: 'Another secret' });
  await until(() => seen.split('\n').filter((line) => line.includes('ToolExecuted')).length === 3);
  watch.kill('SIGINT');
  assert.equal(await once(watch, 'close'), [130, null]);
  await server.close();
  const listed = run('binary', home, 'events --json');
  assert.equal([listed.status, listed.stderr], [0, '']);
  const told = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Those of a turn are stored with it, the others in batches: only within each is the order that of what happened.
  const types = told.map(({ type }) => type).filter((type) => type !== 'SessionClosed');
  assert.equal(types.sort(), [
    'ConversationCreated',
    ...['MessageAdded', 'MessageAdded', 'SessionCreated', 'SessionInitialized'],
    ...['ToolExecuted', 'ToolExecuted', 'ToolExecuted'],
  ]);
  assert.not.match(listed.stdout, 'secret');
});

test('file tools refuse the database and the log, and what is beside them', async ({ home }) => {
  const log = join(home, 'server.log');
  for (const end of ['', '.1', '.5']) writeFileSync(`${log}${end}`, '');
  const server = startServer('bundle', {
    env: { ...environmentOf(home), TELEMETRYFLOW_MCP_LOG_OUTPUT: log },
    args: ['serve', '--allow', home],
  });
  await server.initialize();
  let id = 0;
  const call = async (name: string, given: object): Promise<Frame> =>
    (await server.request(++id, 'tools/call', { name, arguments: given })).result;
  await call('claude_conversation', { message: 'Hello' });
  writeFileSync(`${fileIn(home)}.key`, '');
  const own = [
    ...['', '-wal', '-shm', '.key'].map((end) => `${fileIn(home)}${end}`),
    ...['', '.1', '.5'].map((end) => `${log}${end}`),
  ];
  for (const path of own) {
    const read = await call('read_file', { path });
    assert.ok(read.isError, path);
    assert.match(read.content[0].text, 'is refused, wherever it is');
  }
  await server.close();
});

test('clients of an open network port and the local user do not find each other’s', async ({ home }) => {
  const local = await start('bundle', home);
  const mine = (await local.say({ message: 'Mine' })).structuredContent.conversation_id;
  const network = await NetworkServer.start({ kind: 'bundle', env: environmentOf(home) });
  const session = await HttpSession.open(new HttpClient(network.port));
  const say = async (id: number, args: object) =>
    (await (await session.call(id, 'claude_conversation', args)).json()).result;
  const theirs = (await say(1, { message: 'Theirs' })).structuredContent.conversation_id;
  assert.match(
    (await say(2, { message: 'Hm', conversation_id: mine })).content[0].text,
    'There is no conversation',
  );
  const refused = await local.say({ message: 'Hm', conversation_id: theirs });
  assert.match(refused.content[0].text, 'There is no conversation');
  assert.match(run('bundle', home, 'conversations list').stdout, / network /);
  await local.server.close();
  await network.stop();
});

test('what is in memory is told as that', ({ home }) => {
  const { command, args } = serverCommand('bundle');
  const { status, stderr } = spawnSync(command, [...args, 'conversations', 'list'], {
    env: { HOME: home, TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'memory' },
    encoding: 'utf8',
  });
  assert.is(status, 1);
  assert.match(stderr, /database\.driver is "memory": set it to "sqlite" to keep conversations and events/);
});

test.run();
