import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { type Frame, type ServerKind, serverCommand } from '../support/server-process.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

const test = suite('conversations that are not kept', { home: '' });

const api = await AnthropicServer.start();
test.before.each((context) => {
  context.home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-not-kept-')));
});
test.after.each(({ home }) => rmSync(home, { recursive: true, force: true }));
test.after(async () => {
  killStartedServers();
  await api.close();
});

const KEPT = { TELEMETRYFLOW_MCP_DATABASE_KEEP_CONVERSATIONS: 'true' };

const environmentOf = (home: string, more: Readonly<Record<string, string>>) => ({
  HOME: home,
  ANTHROPIC_API_KEY: TEST_API_KEY,
  ANTHROPIC_BASE_URL: api.url,
  TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite',
  TELEMETRYFLOW_MCP_DATABASE_KEEP_CONVERSATIONS: 'false',
  ...more,
});

const fileIn = (home: string) => join(home, '.local/state/tfo-mcp/tfo-mcp.db');

/** True if it is in one of the database's files. */
const isStored = (home: string, text: string) =>
  ['', '-wal'].some(
    (end) => existsSync(fileIn(home) + end) && readFileSync(fileIn(home) + end).includes(text),
  );

async function start(kind: ServerKind, home: string, more: Readonly<Record<string, string>> = {}) {
  const server = startServer(kind, { env: environmentOf(home, more) });
  await server.initialize();
  let id = 0;
  const say = async (given: object): Promise<Frame> => {
    const params = { name: 'claude_conversation', arguments: given };
    return (await server.request(++id, 'tools/call', params)).result;
  };
  return { server, say };
}

function run(kind: ServerKind, home: string, line: string) {
  const { command, args } = serverCommand(kind);
  const env = environmentOf(home, {});
  return spawnSync(command, [...args, ...line.split(' ')], { env, encoding: 'utf8' });
}

const typesIn = (stdout: string): readonly string[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type);

for (const kind of ['binary', 'bundle'] as const)
  for (const form of ['none', 'full'])
    test(`${kind}: nothing that is said reaches the file, but events do; arguments: ${form}`, async ({
      home,
    }) => {
      const { server, say } = await start(kind, home, { TELEMETRYFLOW_MCP_AUDIT_RECORD_ARGUMENTS: form });
      const begun = await say({ message: 'Pl4nted one', system_prompt: 'Pl4nted prompt' });
      const { conversation_id } = begun.structuredContent;
      const { text } = (await say({ message: 'Pl4nted two', conversation_id })).structuredContent;
      assert.is(text, 'You said: Pl4nted two');
      assert.is(api.messageBodies.at(-1).messages.length, 3, 'it goes on');
      await until(() => isStored(home, 'MessageAdded'));
      assert.not.ok(isStored(home, 'Pl4nted'));
      await server.close();
      assert.not.ok(isStored(home, 'Pl4nted'));
      const { stdout } = run(kind, home, 'events --json');
      assert.not.match(stdout, 'Pl4nted');
      assert.equal(
        typesIn(stdout)
          .filter((type) => !type.startsWith('Session'))
          .sort(),
        [
          'ConversationCreated',
          ...Array.from({ length: 4 }, () => 'MessageAdded'),
          ...['ToolExecuted', 'ToolExecuted'],
        ],
      );

      const second = await start(kind, home);
      const { content } = await second.say({ message: 'And on', conversation_id });
      assert.match(
        content[0].text,
        `There is no conversation "${conversation_id}" (any more): this server has the last ones in memory only, until it ends (database.keep_conversations is false)`,
      );
      await second.server.close();
    });

test('those that were kept before stay until they are deleted, and servers do not find them', async ({
  home,
}) => {
  const before = await start('bundle', home, KEPT);
  const { conversation_id } = (await before.say({ message: 'Kept' })).structuredContent;
  await before.server.close();
  const { server, say } = await start('bundle', home);
  assert.match(
    (await say({ message: 'On', conversation_id })).content[0].text,
    'keep_conversations is false',
  );
  await say({ message: 'Not kept' });
  await server.close();

  const { stdout, stderr } = run('bundle', home, 'conversations list');
  assert.match(stdout, conversation_id);
  assert.not.match(stdout, 'Not kept');
  assert.match(
    stderr,
    /in the memory of their server only.*; these were kept before, and stay until you delete them/,
  );
  assert.match(run('bundle', home, `conversations show ${conversation_id}`).stdout, 'You said: Kept');
  assert.is(run('bundle', home, `conversations delete ${conversation_id}`).status, 0);
  assert.not.ok(isStored(home, 'Kept'));
  assert.match(
    run('bundle', home, 'conversations list').stderr,
    /^There is no conversation\nConversations are in/,
  );
});

for (const [place, driver, why] of [
  ['tfo-mcp.db', 'memory', 'database.driver is "memory"'],
  ['tfo-mcp.db/below', '', 'there is no file for them, status://health says why'],
] as const)
  test(`an unknown conversation is refused with the reason: ${why}`, async ({ home }) => {
    writeFileSync(join(home, 'tfo-mcp.db'), '');
    const { server, say } = await start('bundle', home, {
      ...KEPT,
      TELEMETRYFLOW_MCP_DATABASE_DRIVER: driver,
      TELEMETRYFLOW_MCP_DATABASE_PATH: join(home, place),
    });
    const { content } = await say({ message: 'On', conversation_id: 'c' });
    assert.match(
      content[0].text,
      `There is no conversation "c" (any more): this server has the last ones in memory only, until it ends (${why}); start`,
    );
    await server.close();
  });

test('a database that can’t be used stops no conversation', async ({ home }) => {
  const path = join(home, 'kept.db');
  writeFileSync(path, 'x'.repeat(100_000));
  const { server, say } = await start('bundle', home, { TELEMETRYFLOW_MCP_DATABASE_PATH: path });
  const { conversation_id } = (await say({ message: 'Hello' })).structuredContent;
  assert.not.ok((await say({ message: 'And on', conversation_id })).isError);
  server.kill();
});

test.run();
