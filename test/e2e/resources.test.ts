import { rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { MASK } from '../../src/domain/policy/redact.ts';
import { pngOf } from '../support/pictures.ts';
import { type Frame, modernMeta, type ServerProcess } from '../support/server-process.ts';
import { toolSuite } from '../support/tool-scene.ts';

const STATE_KEY = Buffer.alloc(32, 'k').toString('base64');
const UPDATED = 'notifications/resources/updated';

const test = toolSuite('Resources', 'bundle', { env: { TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: STATE_KEY } });

test.before.each(async ({ base, allowed }) => {
  await writeFile(join(allowed, 'a b.md'), '# Grüße\n');
  await writeFile(join(allowed, 'picture.png'), pngOf(3, 2));
  await writeFile(join(allowed, 'large.txt'), 'x'.repeat(9 * 1024 * 1024));
  await writeFile(join(base, 'secret.txt'), 'secret');
  await symlink(join(base, 'secret.txt'), join(allowed, 'link.txt'));
});

const uriOf = (...names: readonly string[]) => pathToFileURL(join(...names)).href;
const read = async (server: ServerProcess, uri: string): Promise<Frame> =>
  await server.request(`read ${uri}`, 'resources/read', { uri });

/** As editors save: a new file takes the place of the old. */
async function save(path: string, content: string): Promise<void> {
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
}

test('the lists have two resources and one template', async ({ server }) => {
  const { result } = await server.request(1, 'resources/list');
  assert.equal(
    result.resources.map(({ uri }: { uri: string }) => uri),
    ['config://server', 'status://health'],
  );
  const templates = await server.request(2, 'resources/templates/list');
  assert.equal(
    templates.result.resourceTemplates.map(({ uriTemplate }: { uriTemplate: string }) => uriTemplate),
    ['file:///{path}'],
  );
});

test('config://server tells values and origins, and no secret', async ({ server }) => {
  const { result } = await read(server, 'config://server');
  const [{ mimeType, text }] = result.contents;
  assert.is(mimeType, 'application/json');
  assert.not.match(text, STATE_KEY);
  const { server: section, security } = JSON.parse(text);
  assert.is(section.name.origin, 'default');
  assert.is(security.allowed_directories.origin, '--allow');
  assert.equal(security.state_key, { value: MASK, origin: 'TELEMETRYFLOW_MCP_SECURITY_STATE_KEY' });
});

test('config://server may be kept for a minute, status://health not at all', async ({ server }) => {
  const ttlOf = async (uri: string) =>
    (await server.request(uri, 'resources/read', { uri, _meta: modernMeta() })).result.ttlMs;
  assert.equal([await ttlOf('config://server'), await ttlOf('status://health')], [60_000, 0]);
});

test('status://health tells of sessions, requests and calls', async ({ server }) => {
  await server.request(1, 'tools/call', { name: 'echo', arguments: { message: 'hi' } });
  await server.request(2, 'tools/call', { name: 'echo', arguments: {} });
  await server.request(3, 'tools/call', { name: 'no_such_tool', arguments: {} });
  const health = JSON.parse((await read(server, 'status://health')).result.contents[0].text);
  const { status, version, uptime_seconds, sessions, requests, tools, backends, audit } = health;
  assert.equal([status, backends], ['healthy', [{ name: 'database', state: 'up' }]]);
  assert.equal([audit.counted, audit.waiting >= 0], [0, true]);
  assert.type(version, 'string');
  assert.ok(uptime_seconds > 0);
  assert.equal(sessions, { open: 1, opened: 1, closed: 0 });
  assert.equal(requests, { in_flight: 1 });
  assert.equal(
    tools.map(({ name, calls, errors }: { name: string; calls: number; errors: number }) => [
      name,
      calls,
      errors,
    ]),
    [['echo', 2, 1]],
  );
  assert.ok(tools[0].p50_ms > 0 && tools[0].p95_ms >= tools[0].p50_ms);
});

test('a file is read under the URI as asked, as text or as base64', async ({ server, allowed }) => {
  const text = uriOf(allowed, 'a b.md');
  assert.equal((await read(server, text)).result.contents, [
    { uri: text, mimeType: 'text/markdown', text: '# Grüße\n' },
  ]);
  const picture = uriOf(allowed, 'picture.png');
  assert.equal((await read(server, picture)).result.contents, [
    { uri: picture, mimeType: 'image/png', blob: pngOf(3, 2).toString('base64') },
  ]);
});

for (const [what, uri, code, dataCode] of [
  ['what isn’t there', (allowed: string) => uriOf(allowed, 'nope'), -32002, 'resource.not-found'],
  ['a folder', (allowed: string) => uriOf(allowed), -32602, 'file.not-regular'],
  ['what is too large', (allowed: string) => uriOf(allowed, 'large.txt'), -32602, 'resource.too-large'],
  ['what is outside', (allowed: string) => uriOf(allowed, '..', 'secret.txt'), -32602, 'path.outside'],
  ['a link that leads out', (allowed: string) => uriOf(allowed, 'link.txt'), -32602, 'path.outside'],
  [
    'an encoded way out',
    (allowed: string) => `${uriOf(allowed)}/%2e%2e%2Fsecret.txt`,
    -32602,
    'path.outside',
  ],
  ['a query', (allowed: string) => `${uriOf(allowed, 'a')}?b`, -32602, 'resource.uri-invalid'],
  ['another scheme', () => 'nope://x', -32002, 'resource.not-found'],
] as const) {
  test(`${what} is refused, to readers and to subscribers, and the next good request is served`, async ({
    server,
    allowed,
  }) => {
    const asked = uri(allowed);
    const { error } = await read(server, asked);
    assert.equal([error.code, error.data.code], [code, dataCode]);
    assert.not.match(error.message, 'secret\n');
    if (dataCode !== 'resource.too-large') {
      const refused = await server.request(2, 'resources/subscribe', { uri: asked });
      assert.equal([refused.error.code, refused.error.data.code], [code, dataCode]);
    }
    assert.ok((await read(server, uriOf(allowed, 'a b.md'))).result);
    assert.equal(await server.close(), { code: 0, signal: null });
  });
}

test('a subscriber hears of atomic saves, and stopping ends well with files watched', async ({
  server,
  allowed,
}) => {
  const uri = uriOf(allowed, 'a b.md');
  assert.equal((await server.request(1, 'resources/subscribe', { uri })).result, {});
  for (const times of [1, 2]) {
    await save(join(allowed, 'a b.md'), `saved ${times}`);
    const changes = () => server.frames.filter(({ method }) => method === UPDATED);
    await server.until(() => changes().length === times, `change ${times}`);
    assert.equal(changes().at(-1).params, { uri });
  }
  assert.equal(await server.close(), { code: 0, signal: null });
});

test('a listener hears of what it may read, and is told what that is', async ({ server, allowed, base }) => {
  const uri = uriOf(allowed, 'a b.md');
  const resourceSubscriptions = [uriOf(base, 'secret.txt'), 'status://health', uri, 'nope://x'];
  server.send({
    jsonrpc: '2.0',
    id: 9,
    method: 'subscriptions/listen',
    params: { notifications: { resourceSubscriptions }, _meta: modernMeta() },
  });
  const acknowledged = await server.until(
    ({ method }) => method === 'notifications/subscriptions/acknowledged',
  );
  assert.equal(acknowledged.params.notifications, { resourceSubscriptions: ['status://health', uri] });
  await save(join(allowed, 'a b.md'), 'saved');
  assert.is((await server.until(({ method }) => method === UPDATED)).params.uri, uri);
  assert.equal(await server.close(), { code: 0, signal: null });
  assert.is((await server.answer(9)).result.resultType, 'complete');
});

test('paths complete inside the allowed directory', async ({ server, allowed }) => {
  const { result } = await server.request(1, 'completion/complete', {
    ref: { type: 'ref/resource', uri: 'file:///{path}' },
    argument: { name: 'path', value: `${allowed}/p` },
  });
  assert.equal(result.completion.values, [`${allowed}/picture.png`]);
});

test.run();
