import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpAnswer, HttpClient, initialize, jsonHeaders } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { runProduct } from '../support/run-product.ts';
import { type Frame, serverCommand } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: API keys');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-network-keys-'));
test.after(() => {
  killProductServers();
  rmSync(folder, { recursive: true });
});

const env = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(folder, 'keys.json') };

function createKey(...scopes: string[]): string {
  const given = scopes.length === 0 ? '*' : scopes.join(',');
  const { code, stdout, stderr } = runProduct(['keys', 'create', '--name', 'test', '--scope', given], env);
  if (code !== 0) throw new Error(stderr);
  assert.match(stdout, /^tfk_[0-9a-f]{16}\.[A-Za-z0-9_-]{43}\n$/);
  return stdout.trim();
}

const idOf = (key: string) => key.slice(4, 20);
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

const everything = createKey();
const reader = createKey('tools:read');
const writer = createKey('tools:write', 'prompts:read');
const server = await startProduct({ env, args: ['--allow', folder] });
const client = new HttpClient(server.port);

const modern = async (key: string, method: string, params: Frame = {}): Promise<Frame> =>
  (await client.modern(method, params, { headers: bearer(key) })).json();

/** The next good request is served, whatever was refused before. */
async function stillServes(): Promise<void> {
  const answer = await client.modern(
    'tools/call',
    { name: 'echo', arguments: { message: 'hi' } },
    { headers: bearer(reader) },
  );
  assert.is((await answer.json()).result.content[0].text, 'Echo: hi');
}

async function assertRefused(answer: HttpAnswer, ...[status, challenge, code]: Refused): Promise<void> {
  assert.is(answer.status, status);
  assert.match(String(answer.headers['www-authenticate']), challenge);
  const { jsonrpc, id, error } = await answer.json();
  assert.equal([jsonrpc, id, error.code, error.data.code], ['2.0', undefined, -32600, code]);
  await stillServes();
}

/** The status, the challenge, and the name of the error. */
type Refused = readonly [status: number, challenge: RegExp, code: string];

const unknown = `tfk_0123456789abcdef.${'A'.repeat(43)}`;
const scope = 'scope="tools:read tools:write tools:execute resources:read prompts:read"';
const required: Refused = [401, new RegExp(`^Bearer realm="tfo-mcp", ${scope}$`), 'authentication.required'];
const failed: Refused = [401, /^Bearer realm="tfo-mcp", error="invalid_token"$/, 'authentication.failed'];
const malformed: Refused = [
  400,
  /^Bearer realm="tfo-mcp", error="invalid_request"$/,
  'authentication.malformed',
];

for (const [what, headers, expected] of [
  ['no key', {}, required],
  ['another scheme', { Authorization: 'Basic dTpw' }, required],
  ['a key that there isn’t', bearer(unknown), failed],
  ['a key in the wrong case', bearer(reader.toUpperCase()), failed],
  ['the secret of another key', bearer(`${reader.slice(0, 20)}${writer.slice(20)}`), failed],
  ['no key at all', { 'X-API-Key': 'secret' }, failed],
  ['a token, which nobody takes here', bearer('eyJhbGciOiJub25lIn0.e30.'), failed],
  ['half a header', { Authorization: 'Bearer' }, malformed],
  ['two keys', { ...bearer(reader), 'X-API-Key': reader }, malformed],
] satisfies [string, Record<string, string>, Refused][]) {
  test(`the server refuses a request with ${what} on every path, in both eras`, async () => {
    const asks = [
      () => client.modern('tools/list', {}, { headers }),
      () => client.ask({ headers: { ...jsonHeaders, ...headers }, body: initialize() }),
      () => client.ask({ method: 'GET', headers: { Accept: 'text/event-stream', ...headers } }),
      () => client.ask({ method: 'DELETE', headers }),
      () => client.ask({ method: 'GET', path: '/sse', headers }),
      () => client.ask({ path: '/messages?sessionId=x', headers, body: {} }),
      () => client.ask({ method: 'GET', path: '/ws', headers: { ...headers, ...upgrade } }),
    ];
    for (const ask of asks) await assertRefused(await ask(), ...expected);
  });
}

const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

test('the server takes no key from the URL', async () => {
  for (const query of [`access_token=${reader}`, `api_key=${reader}`])
    await assertRefused(
      await client.ask({ path: `/mcp?${query}`, headers: jsonHeaders, body: initialize() }),
      ...required,
    );
});

test('the server registers no OAuth client, and says how to come in', async () => {
  const answer = await client.ask({ path: '/register', headers: jsonHeaders, body: { redirect_uris: [] } });
  assert.is(answer.status, 400);
  const { error, error_description: told } = await answer.json();
  assert.is(error, 'invalid_client_metadata');
  assert.match(told, /"Authorization: Bearer tfk_…".*tfo-mcp keys create/);
  assert.is((await client.ask({ method: 'GET', path: '/register' })).status, 405);
});

test('the server takes a key from either header, on every transport', async () => {
  for (const headers of [bearer(reader), { 'X-API-Key': reader }]) {
    assert.is((await client.modern('tools/list', {}, { headers })).status, 200);
    const socket = await WebSocketClient.connect(server.port, { headers });
    socket.send(initialize());
    assert.ok((await socket.until(({ id }) => id === 'init')).result.serverInfo);
    socket.socket.close();
    const stream = await client.ask({ method: 'GET', path: '/sse', headers });
    assert.match((await stream.untilEvent(({ event }) => event === 'endpoint')).data, '/messages?sessionId=');
    stream.close();
  }
});

test('the server answers probes, and tells of no tokens, to everybody', async () => {
  for (const path of ['/healthz', '/livez', '/readyz'])
    assert.is((await client.ask({ method: 'GET', path })).status, 200);
  assert.is((await client.ask({ method: 'GET', path: '/.well-known/oauth-protected-resource' })).status, 404);
});

test('the server lists to each caller what is theirs, and keeps it out of shared caches', async () => {
  const names = async (key: string) => {
    const { result } = await modern(key, 'tools/list');
    assert.is(result.cacheScope, 'private');
    return result.tools.map(({ name }: Frame) => name);
  };
  const reading = ['echo', 'read_file', 'list_directory', 'search_files', 'system_info'];
  assert.equal(await names(reader), reading);
  assert.equal(await names(writer), ['write_file', 'claude_conversation']);
  const all = ['echo', 'read_file', 'write_file', ...reading.slice(2), 'claude_conversation'];
  assert.equal(await names(everything), all);
  const sizes = async (key: string) => {
    const lists = ['resources', 'resources/templates', 'prompts'].map(async (list) => {
      const { result } = await modern(key, `${list}/list`);
      return (result.resources ?? result.resourceTemplates ?? result.prompts).length;
    });
    return await Promise.all(lists);
  };
  assert.equal(await sizes(reader), [0, 0, 0]);
  assert.equal(await sizes(writer), [0, 0, 3]);
  assert.equal(await sizes(everything), [2, 1, 3]);
});

const file = join(folder, 'written.txt');
const write = { name: 'write_file', arguments: { path: file, content: 'x' } };

test('what is not the caller’s answers as what there isn’t, and does nothing', async () => {
  const asked = async (key: string, method: string, params: Frame) =>
    (await modern(key, method, params)).error;
  const alike = async (method: string, params: (name: string) => Frame, name: string) => {
    const hidden = JSON.stringify(await asked(reader, method, params(name)));
    const absent = JSON.stringify(await asked(everything, method, params('x-not-there')));
    assert.is(hidden, absent.replaceAll('x-not-there', name));
  };
  await alike('tools/call', (name) => ({ ...write, name }), 'write_file');
  await alike('prompts/get', (name) => ({ name, arguments: {} }), 'code_review');
  await alike('resources/read', (uri) => ({ uri }), 'config://server');
  const complete = (name: string) => ({
    ref: { type: 'ref/prompt', name },
    argument: { name: 'language', value: '' },
  });
  await alike('completion/complete', complete, 'code_review');
  assert.throws(() => readFileSync(file), 'ENOENT');
  assert.is((await modern(writer, 'tools/call', write)).result.structuredContent.created, true);
  assert.is(readFileSync(file, 'utf8'), 'x');
});

test('the same holds in a session, which is nobody else’s', async () => {
  const opened = await client.ask({ headers: { ...jsonHeaders, ...bearer(reader) }, body: initialize() });
  const session = { ...jsonHeaders, 'Mcp-Session-Id': String(opened.headers['mcp-session-id']) };
  const ask = async (key: string, method: string, params: object) =>
    await client.ask({
      headers: { ...session, ...bearer(key) },
      body: { jsonrpc: '2.0', id: 1, method, params },
    });
  assert.is((await (await ask(reader, 'tools/call', write)).json()).error.code, -32001);
  assert.is(
    (await (await ask(reader, 'resources/subscribe', { uri: 'status://health' })).json()).error.code,
    -32002,
  );
  assert.is(
    (await (await ask(reader, 'tools/call', { name: 'echo', arguments: { message: 'x' } })).json()).result
      .content.length,
    1,
  );
  for (const key of [writer, everything]) assert.is((await ask(key, 'ping', {})).status, 404);
});

test('a stream of HTTP+SSE takes messages from who opened it alone', async () => {
  const stream = await client.ask({ method: 'GET', path: '/sse', headers: bearer(reader) });
  const { data: path } = await stream.untilEvent(({ event }) => event === 'endpoint');
  const post = async (key: string) =>
    (await client.ask({ path, headers: { ...jsonHeaders, ...bearer(key) }, body: initialize() })).status;
  assert.equal([await post(everything), await post(reader)], [404, 202]);
  stream.close();
});

test('listens to no resources for who may not read them', async () => {
  const notifications = { resourceSubscriptions: ['status://health'], toolsListChanged: true };
  const listened = async (key: string) => {
    const stream = await client.modern('subscriptions/listen', { notifications }, { headers: bearer(key) });
    const { params } = await stream.until(
      ({ method }) => method === 'notifications/subscriptions/acknowledged',
    );
    stream.close();
    return params.notifications.resourceSubscriptions;
  };
  assert.equal(await listened(reader), []);
  assert.equal(await listened(everything), ['status://health']);
});

test('the server shuts who holds a revoked key out within a second, from open streams too', async () => {
  const key = createKey();
  const headers = bearer(key);
  await waitFor(async () => (await client.modern('tools/list', {}, { headers })).status === 200);
  const socket = await WebSocketClient.connect(server.port, { headers });
  const stream = await client.ask({ method: 'GET', path: '/sse', headers });
  const listening = await client.modern(
    'subscriptions/listen',
    { notifications: { toolsListChanged: true } },
    { headers },
  );
  const others = await WebSocketClient.connect(server.port, { headers: bearer(everything) });
  assert.is(runProduct(['keys', 'revoke', idOf(key)], env).code, 0);
  await Promise.all([socket.closed, stream.ended, listening.ended]);
  await assertRefused(await client.modern('tools/list', {}, { headers }), ...failed);
  assert.is(others.socket.readyState, others.socket.OPEN);
  others.socket.close();
});

test('a client whose key is renewed goes on with the new one, in the same session, and the old one is refused', async () => {
  const key = createKey('tools:read');
  await waitFor(async () => (await client.modern('tools/list', {}, { headers: bearer(key) })).status === 200);
  const opened = await client.ask({ headers: { ...jsonHeaders, ...bearer(key) }, body: initialize() });
  const session = { ...jsonHeaders, 'Mcp-Session-Id': String(opened.headers['mcp-session-id']) };
  const ping = async (holder: object) =>
    await client.ask({ headers: { ...session, ...holder }, body: { jsonrpc: '2.0', id: 1, method: 'ping' } });
  const socket = await WebSocketClient.connect(server.port, { headers: bearer(key) });
  const { code, stdout, stderr } = runProduct(['keys', 'rotate', idOf(key)], env);
  assert.equal([code, idOf(stdout.trim())], [0, idOf(key)]);
  assert.match(stderr, 'The old key is refused within a second');
  const headers = bearer(stdout.trim());
  await waitFor(async () => (await client.modern('tools/list', {}, { headers })).status === 200);
  await assertRefused(await client.modern('tools/list', {}, { headers: bearer(key) }), ...failed);
  await socket.closed;
  assert.is((await ping(headers)).status, 200);
  assert.is((await ping(bearer(key))).status, 401);
  const [renewed] = JSON.parse(runProduct(['keys', 'list', '--json'], env).stdout).filter(
    ({ id }: { id: string }) => id === idOf(key),
  );
  assert.equal([renewed.name, renewed.scopes], ['test', ['tools:read']]);
});

if (process.platform !== 'win32')
  for (const [where, redirection, why] of [
    ['a full disk', '>/dev/full', 'ENOSPC'],
    ['a reader that has gone', '| true', 'EPIPE'],
    ['a closed stdout', '>&-', 'it leads nowhere'],
  ] as const)
    for (const action of ['create --name lost --scope tools:read', 'rotate ID'])
      test(`keys ${action.split(' ')[0]} changes nothing where the key can’t be given out: ${where}`, () => {
        const file = join(folder, `${where}-${action.length}.json`);
        const own = { ...process.env, TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: file };
        const first = runProduct(['keys', 'create', '--name', 'first', '--scope', '*'], {
          TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: file,
        });
        const before = readFileSync(file, 'utf8');
        const { command, args } = serverCommand('bundle');
        // The reader has gone before anything is written: the shell says how the writer ended.
        const line = `{ sleep 0.3; "$@"; echo "code $?" >&2; } ${redirection}`;
        const words = `keys ${action.replace('ID', idOf(first.stdout.trim()))}`.split(' ');
        const { stderr } = spawnSync('/bin/sh', ['-c', line, 'sh', command, ...args, ...words], {
          env: own,
          encoding: 'utf8',
        });
        assert.match(stderr, `error: Can't write the key to stdout: `);
        assert.match(stderr, why);
        assert.match(stderr, 'nothing was changed\ncode 1\n');
        assert.is(readFileSync(file, 'utf8'), before);
      });

test('the server writes down which keys were used, to the day', async () => {
  const own = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(folder, 'used', 'keys.json') };
  const create = () => runProduct(['keys', 'create', '--name', 'test', '--scope', '*'], own).stdout.trim();
  const lastUses = () =>
    JSON.parse(runProduct(['keys', 'list', '--json'], own).stdout).map(
      ({ last_used }: { last_used: string }) => last_used,
    );
  const [used] = [create(), create()];
  assert.equal(lastUses(), ['unknown', 'unknown']);
  const started = await startProduct({ env: own });
  await waitFor(async () => lastUses().every((day: string) => day === 'never'));
  const today = () => new Date().toISOString().slice(0, 10);
  const days = [today()];
  await new HttpClient(started.port).modern('tools/list', {}, { headers: bearer(used as string) });
  days.push(today());
  started.process.child.kill('SIGTERM');
  await waitFor(async () => lastUses()[0] !== 'never');
  const [first, second] = lastUses();
  assert.ok(days.includes(first), first);
  assert.is(second, 'never');
});

test('the server keeps the keys of before when the file breaks, and says so', async () => {
  const path = env.TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE;
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, '{');
  await waitFor(async () => server.process.stderr.includes('API keys can not be read again'));
  await stillServes();
  writeFileSync(path, whole);
});

test('the server tells whoever runs it who was turned away and why, at most once a second', () => {
  const lines = server.process.stderr.split('\n').filter((line) => line.includes('Refused a request'));
  const told = lines.map((line) => JSON.parse(line));
  for (const { level, status, reason, address } of told) {
    assert.is(level, 'warn');
    assert.ok([400, 401, 429].includes(status), `${status}`);
    assert.ok(reason.length > 10, reason);
    assert.is(address, '127.0.0.1');
  }
  assert.ok(told.length > 0 && told.length < 60, `${told.length} lines for more than 60 refusals`);
});

test('logs no key', async () => {
  for (const key of [everything, reader, writer, unknown])
    assert.not.ok(server.process.stderr.includes(key.slice(21)), key.slice(0, 20));
});

test('the server does not start with a key file that it can’t read, as validate says', () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{');
  const env = {
    TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: broken,
    TELEMETRYFLOW_MCP_SERVER_TRANSPORT: 'http',
    TELEMETRYFLOW_MCP_SERVER_PORT: '0',
  };
  for (const command of ['serve', 'validate']) {
    const { code, stderr } = runProduct([command], env);
    assert.is(code, 78);
    assert.match(stderr, /Expected ".*\.json" \(security\.api_keys_file\) to be a file of API keys/);
  }
});

test('the server admits nobody without a key file, says so, and admits who gets a key later', async () => {
  const env = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(folder, 'later.json') };
  const { port, process } = await startProduct({ env });
  assert.match(process.stderr, 'is not there: nobody is admitted by a key until');
  const client = new HttpClient(port);
  assert.is((await client.modern('tools/list', {}, { headers: bearer(everything) })).status, 401);
  const key = runProduct(['keys', 'create', '--name', 'test', '--scope', '*'], env).stdout.trim();
  await until(async () => (await client.modern('tools/list', {}, { headers: bearer(key) })).status === 200);
  process.kill();
});

test('a server that starts before its key file is there keeps what is known of the uses', async () => {
  const keys = join(folder, 'moved.json');
  const used = { ['d'.repeat(16)]: '2026-01-01' };
  writeFileSync(`${keys}.used`, JSON.stringify({ used }));
  const early = await startProduct({ env: { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: keys } });
  early.process.child.kill('SIGTERM');
  await early.process.exit();
  assert.equal(JSON.parse(readFileSync(`${keys}.used`, 'utf8')), { used });
});

test('the server ends well', async () => {
  server.process.child.kill('SIGTERM');
  assert.is((await server.process.exit()).code, 0);
});

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  for (let left = 500; !(await holds()); left -= 1) {
    if (left === 0) throw new Error('Expected it to come true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.run();
