import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import type { Frame } from '../support/server-process.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('where nothing says what to keep things in', { home: '' });

const api = await AnthropicServer.start();
test.before.each((context) => {
  context.home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-default-')));
});
test.after.each(({ home }) => rmSync(home, { recursive: true, force: true }));
test.after(async () => {
  killStartedServers();
  await api.close();
});

type Environment = Readonly<Record<string, string>>;

const environmentOf = (home: string): Environment => ({
  HOME: home,
  USERPROFILE: home,
  LOCALAPPDATA: home,
  ANTHROPIC_API_KEY: TEST_API_KEY,
  ANTHROPIC_BASE_URL: api.url,
});

async function start(env: Environment) {
  const server = startServer('binary', { env });
  await server.initialize();
  let id = 0;
  const ask = async (method: string, params: object): Promise<Frame> =>
    (await server.request(++id, method, params)).result;
  const call = (name: string, given: object) => ask('tools/call', { name, arguments: given });
  const health = async () => {
    const { contents } = await ask('resources/read', { uri: 'status://health' });
    return JSON.parse(contents[0].text);
  };
  return { server, call, health, say: (given: object) => call('claude_conversation', given) };
}

test('a client that calls nothing leaves no file, one call does', async ({ home }) => {
  const idle = await start(environmentOf(home));
  await idle.server.request('list', 'tools/list');
  await idle.server.request('read', 'resources/list');
  await idle.server.close();
  assert.equal(readdirSync(home), []);
  const busy = await start(environmentOf(home));
  await busy.call('echo', { message: 'hi' });
  await busy.server.close();
  assert.is(
    readdirSync(home, { recursive: true }).filter((name) => `${name}`.endsWith('tfo-mcp.db')).length,
    1,
  );
  assert.is(busy.server.stderr, '');
});

/** Places where no file can be, and part of what is said of them. */
const places: readonly (readonly [place: string, prepare: (home: string) => Environment, said: string])[] = [
  [
    'below a file',
    (home) => {
      writeFileSync(join(home, 'state'), '');
      return { XDG_STATE_HOME: join(home, 'state') };
    },
    "The folder of the database can't be used",
  ],
  ['in /proc', () => ({ XDG_STATE_HOME: '/proc' }), "The folder of the database can't be used"],
  [
    'at a directory',
    (home) => {
      mkdirSync(join(home, 'kept.db'), { recursive: true });
      return { TELEMETRYFLOW_MCP_DATABASE_PATH: join(home, 'kept.db') };
    },
    'something else is there',
  ],
  [
    'under a name that is too long',
    (home) => ({ TELEMETRYFLOW_MCP_DATABASE_PATH: join(home, 'x'.repeat(300)) }),
    "The folder of the database can't be used",
  ],
];

test('a file that is there and can’t be written is waited for: memory never takes its place', async ({
  home,
}) => {
  const folder = join(home, 'kept');
  const env = { ...environmentOf(home), TELEMETRYFLOW_MCP_DATABASE_PATH: join(folder, 'kept.db') };
  const first = await start(env);
  const { conversation_id } = (await first.say({ message: 'Hello' })).structuredContent;
  await first.server.close();
  mkdirSync(join(folder, 'kept.db-wal')); // SQLite can't open it: as on a medium that went read-only
  const second = await start(env);
  assert.ok((await second.say({ message: 'And on', conversation_id })).isError);
  assert.not.match(second.server.stderr, 'kept in memory only');
  rmSync(join(folder, 'kept.db-wal'), { recursive: true });
  const { structuredContent } = await second.say({ message: 'And on', conversation_id });
  assert.is(structuredContent.text, 'You said: And on');
  await second.server.close();
});

for (const [place, prepare, said] of places) {
  if (place === 'in /proc' && process.platform !== 'linux') continue;

  test(`a place ${place}: memory serves this process, and that is said once and in health`, async ({
    home,
  }) => {
    const { server, call, health, say } = await start({ ...environmentOf(home), ...prepare(home) });
    assert.is((await health()).status, 'healthy', 'what was not opened counts as up');
    const { structuredContent: first } = await say({ message: 'Hello' });
    const second = await say({ message: 'And on', conversation_id: first.conversation_id });
    assert.is(second.structuredContent.text, 'You said: And on');
    await call('echo', { message: 'hi' });
    const { status, backends } = await health();
    assert.equal([status, backends[0].name, backends[0].state], ['degraded', 'database', 'down']);
    assert.ok(backends[0].reason.includes(said), backends[0].reason);
    assert.match(backends[0].reason, /keeps conversations and events in memory/);
    await server.close();
    assert.is(server.stderr.split('kept in memory only').length - 1, 1, server.stderr);
  });

  for (const setting of ['DRIVER=sqlite', 'REQUIRED=true'])
    test(`a place ${place} is an error with ${setting}`, async ({ home }) => {
      const [name, value = ''] = setting.split('=');
      const asked = { [`TELEMETRYFLOW_MCP_DATABASE_${name}`]: value };
      const { server, say } = await start({ ...environmentOf(home), ...prepare(home), ...asked });
      const refused = await say({ message: 'Hello' });
      assert.ok(refused.isError);
      assert.ok(refused.content[0].text.includes(said), refused.content[0].text);
      await server.close();
      assert.not.match(server.stderr, 'kept in memory only');
    });
}

test.run();
