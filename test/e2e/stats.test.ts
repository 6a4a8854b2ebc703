import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadSqlite } from '../../src/infrastructure/persistence/sqlite/load-sqlite.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { type ServerKind, serverCommand } from '../support/server-process.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';

const { DatabaseSync } = loadSqlite();

const test = suite('stats', { home: '' });

const api = await AnthropicServer.start();
test.before.each((context) => {
  context.home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-stats-')));
});
test.after.each(({ home }) => rmSync(home, { recursive: true, force: true }));
test.after(async () => {
  killStartedServers();
  await api.close();
});

const fileIn = (home: string) => join(home, 'kept', 'tfo.db');

const environmentOf = (home: string) => ({
  HOME: home,
  ANTHROPIC_API_KEY: TEST_API_KEY,
  ANTHROPIC_BASE_URL: api.url,
  TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite',
  TELEMETRYFLOW_MCP_DATABASE_PATH: fileIn(home),
});

interface Ran {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function run(kind: ServerKind, home: string, line: string, env: Record<string, string> = {}): Promise<Ran> {
  const { command, args } = serverCommand(kind);
  const options = { env: { ...environmentOf(home), ...env }, timeout: 60_000 };
  return new Promise((resolve) =>
    execFile(command, [...args, ...line.split(' ')], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    ),
  );
}

for (const kind of ['binary', 'bundle'] as const)
  test(`${kind}: what a server did is counted, as tables and as JSON`, async ({ home }) => {
    const server = startServer(kind, { env: environmentOf(home), args: ['serve', '--allow', home] });
    await server.initialize();
    let id = 0;
    const request = (method: string, params: object) => server.request(++id, method, params);
    const call = (name: string, given: object) => request('tools/call', { name, arguments: given });
    for (let n = 0; n < 5; n++) await call('echo', { message: 'hi' });
    await call('read_file', { path: join(home, 'not-there.txt') });
    await call('not a tool', {});
    await call('claude_conversation', { message: 'Hello' });
    await request('resources/read', { uri: 'status://health' });
    await request('prompts/get', { name: 'code_review', arguments: { code: 'x' } });
    assert.is((await server.close()).code, 0);

    const counted = JSON.parse((await run(kind, home, 'stats --json')).stdout);
    const statisticsOf = (name: string) => counted.tools.find((tool: { name: string }) => tool.name === name);
    const echo = statisticsOf('echo');
    const readFile = statisticsOf('read_file');
    assert.equal([echo.calls, echo.errors, echo.latencyMs.measured], [5, 0, 5]);
    assert.ok(echo.latencyMs.p50 <= echo.latencyMs.max);
    assert.equal([readFile.calls, readFile.errors], [1, 1]);
    assert.equal([counted.calls.calls, counted.calls.errors], [8, 2]);
    assert.is(
      counted.overTime.calls.reduce((sum: number, calls: number) => sum + calls, 0),
      8,
    );
    const [{ name: model, answers, inputTokens, outputTokens }] = counted.models;
    assert.equal([counted.models.length, answers], [1, 1]);
    assert.match(model, /^claude-/);
    assert.ok(inputTokens > 0 && outputTokens > 0);
    assert.equal(counted.resources, [{ name: 'status://health', uses: 1, errors: 0 }]);
    assert.equal(counted.prompts, [{ name: 'code_review', uses: 1, errors: 0 }]);
    assert.equal([counted.clients.length, statisticsOf('_OTHER').errors], [1, 1]);
    assert.equal(
      counted.failures.map(({ times }: { times: number }) => times),
      [1, 1],
    );
    assert.equal(counted.sessions, { opened: 1, closed: 1 });
    assert.equal(counted.conversations, { begun: 1, answers: 1 });

    addEvents(fileIn(home));
    const { code, stdout, stderr } = await run(kind, home, 'stats', { LANG: 'C.UTF-8', WT_SESSION: '1' });
    assert.equal([code, stderr], [0, '']);
    assert.match(stdout, /^echo +5 +0 .*ms$/m);
    assert.match(stdout, /█/);
    assert.match(stdout, '[U+001B]');
    assert.not.match(stdout, /[^\n\P{Cc}]/u, 'colours are for terminals, and no name steers one');
    const plain = await run(kind, home, 'stats', { LANG: 'C' });
    assert.match(plain.stdout, /^[\n -~]*$/);
  });

/** Adds what a later version, or a client that would steer a terminal, could have brought into the file. */
function addEvents(path: string): void {
  const database = new DatabaseSync(path);
  const add = database.prepare(
    `insert into event (event_id, type, occurred_at, class, aggregate_type, aggregate_id, payload)
    values ('x', ?, ?, 'audit', ?, ?, ?)`,
  );
  const now = new Date().toISOString();
  const clientName = '\u001b[31mred';
  add.run('SessionInitialized', now, 'session', 's', JSON.stringify({ clientName }));
  add.run('ToolExecuted', '2999-01-01T00:00:00.000Z', 'tool', 'y'.repeat(100_000), '{}');
  add.run('TaskFinished', now, 'task', 't', '{"steps":[1,2]}');
  database.close();
}

/** Breaks the file of a database, or what is there instead; what it returns is done afterwards. */
const broken: readonly (readonly [
  what: string,
  breakIt: (path: string) => (() => void) | undefined,
  told: RegExp,
])[] = [
  ['there is no file yet', () => undefined, /^Nothing happened since \d{4}-/],
  ['the file is empty', (path) => void writeFileSync(path, ''), /^Nothing happened since \d{4}-/],
  [
    'the file is none of a database',
    (path) => void writeFileSync(path, 'x'.repeat(10_000)),
    /is damaged, or is none/,
  ],
  ['a folder is there', (path) => void mkdirSync(path), /has to be a file/],
  ['the file is another program’s', withSql('create table t (a)'), /another program's/],
  ['the schema is newer', withSql('pragma user_version = 99', true), /later version of tfo-mcp \(schema 99/],
  [
    'another process keeps it locked',
    (path) => {
      const other = new DatabaseSync(path);
      other.exec('pragma locking_mode = exclusive; create table t (a)');
      return () => other.close();
    },
    /keeps? the database locked/,
  ],
];

function withSql(sql: string, isOurs = false) {
  return (path: string): undefined => {
    const database = new DatabaseSync(path);
    if (isOurs) database.exec(`pragma application_id = ${0x74_66_6f_6d}`);
    database.exec(sql);
    database.close();
  };
}

for (const [what, breakIt, told] of broken)
  test(`where ${what}, stats and events say the same`, async ({ home }) => {
    const path = fileIn(home);
    mkdirSync(join(path, '..'));
    const mend = breakIt(path);
    try {
      const [events, stats] = (await Promise.all(
        ['events', 'stats'].map((line) => run('binary', home, line)),
      )) as [Ran, Ran];
      assert.match(stats.stderr.replace(/^error: /, ''), told);
      const withoutTime = ({ code, stdout, stderr }: Ran) => [code, stdout, stderr.replace(/\d{4}-.*Z/, '')];
      assert.equal(withoutTime(stats), withoutTime(events));
      assert.equal([stats.code, stats.stdout], [told.source.includes('Nothing') ? 0 : 1, '']);
    } finally {
      mend?.();
    }
    assert.ok(existsSync(path));
  });

test('where nothing is kept, stats and events say the same', async ({ home }) => {
  const env = { TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'memory' };
  const [events, stats] = await Promise.all(
    ['events', 'stats'].map((line) => run('binary', home, line, env)),
  );
  assert.equal(stats, events);
  assert.match(stats?.stderr ?? '', /database\.driver is "memory"/);
  assert.is(stats?.code, 1);
});

test.run();
