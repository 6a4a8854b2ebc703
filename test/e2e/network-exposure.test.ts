import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { runProduct } from '../support/run-product.ts';
import type { ServerKind, ServerOptions } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: exposure');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-network-exposure-'));
test.after(() => {
  killProductServers();
  rmSync(folder, { recursive: true });
});

async function namesOf(options: ServerOptions = {}, kind?: ServerKind): Promise<string[]> {
  const { port, process } = await startProduct(options, kind);
  const answer = await new HttpClient(port).modern('tools/list');
  const { tools } = (await answer.json()).result;
  process.kill();
  return tools.map(({ name }: { name: string }) => name);
}

for (const kind of ['bundle', 'binary'] as const) {
  test(`the ${kind} runs no commands for network clients unless told to`, async () => {
    assert.not.ok((await namesOf({}, kind)).includes('execute_command'));
    const env = { TELEMETRYFLOW_MCP_SECURITY_COMMANDS_POLICY: 'allow' };
    assert.ok((await namesOf({ env }, kind)).includes('execute_command'));
  });
}

for (const transport of ['http', 'sse', 'websocket', 'http,sse']) {
  test(`the server does not listen for other machines over ${transport} without authentication`, () => {
    const { code, stderr } = runProduct([
      'serve',
      '--transport',
      transport,
      '--host',
      '0.0.0.0',
      '--port',
      '0',
    ]);
    assert.is(code, 78);
    assert.match(stderr, '--host: Expected a way to authenticate on "0.0.0.0", which other machines reach');
    assert.match(stderr, '--insecure');
  });
}

test('validate says the same of a configuration that is only checked', () => {
  const file = join(folder, 'open.yaml');
  writeFileSync(file, 'server: { transport: http, host: "::" }');
  assert.is(runProduct(['validate', '--config', file]).code, 78);
});

test('the log of a server without allowed directories says that file tools refuse every path', async () => {
  for (const [args, isSaid] of [
    [[], true],
    [['--allow', folder], false],
  ] as const) {
    const { process } = await startProduct({ args });
    process.child.kill('SIGTERM');
    await until(() => process.stderr.includes('Stopped'));
    assert.is(/No directory is allowed.*--allow DIR/.test(process.stderr), isSaid);
  }
});

test('the server takes the risk when told to, and says on stderr what is given up', async () => {
  const env = { TELEMETRYFLOW_MCP_SECURITY_ALLOWED_HOSTS: '127.0.0.1' };
  const { port, process } = await startProduct({ env, args: ['--host', '0.0.0.0', '--insecure'] });
  assert.is((await new HttpClient(port).modern('tools/list')).status, 200);
  assert.match(
    process.stderr,
    'warning: Everybody who reaches "0.0.0.0" over the network uses this server as you: without authentication',
  );
  process.kill();
});

test('the server says what to do when its address is taken', async () => {
  const { port, process } = await startProduct();
  const { code, stderr } = runProduct(['serve', '--transport', 'http', '--port', `${port}`]);
  assert.equal(
    [code, stderr],
    [
      1,
      `error: Can't listen on port ${port} of "127.0.0.1": another program uses it; choose others by --port and --host\n`,
    ],
  );
  process.kill();
});

test('the server says nothing of the kind on this machine', async () => {
  const { process } = await startProduct();
  assert.not.match(process.stderr, 'warning');
  process.kill();
});

test('the server asks for authentication on this machine, too, where that is required', () => {
  const env = { TELEMETRYFLOW_MCP_SECURITY_REQUIRE_API_KEY: 'true' };
  const { code, stderr } = runProduct(['serve', '--transport', 'http', '--port', '0'], env);
  assert.is(code, 78);
  assert.match(stderr, 'Expected a way to authenticate, since security.require_api_key asks for it');
});

test('the server works in configured directories only, wherever it was started', async () => {
  writeFileSync(join(folder, 'a.txt'), 'text');
  const read = async (args: string[]) => {
    const { port, process } = await startProduct({ cwd: folder, args });
    const params = { name: 'read_file', arguments: { path: join(folder, 'a.txt') } };
    const { result } = await (await new HttpClient(port).modern('tools/call', params)).json();
    process.kill();
    return result;
  };
  const refused = await read([]);
  assert.ok(refused.isError);
  assert.match(refused.content[0].text, 'start the server with "--allow DIR"');
  assert.is((await read(['--allow', folder])).content[0].text, 'text');
});

test('the server does not ask network clients for their roots: nowhere is theirs to choose', async () => {
  const { port, process } = await startProduct({ cwd: folder });
  const client = await WebSocketClient.open(port, '2025-11-25', { roots: {} });
  const params = { name: 'read_file', arguments: { path: join(folder, 'a.txt') } };
  const { result } = await client.request(1, 'tools/call', params);
  assert.ok(result.isError);
  assert.equal(
    client.frames.filter(({ method }) => method === 'roots/list'),
    [],
  );
  client.socket.close();
  process.kill();
});

test('the server keeps the key file from who may read its folder', async () => {
  const path = join(folder, 'keys.json');
  const env = { TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: path };
  const key = runProduct(['keys', 'create', '--name', 'test', '--scope', '*'], env).stdout.trim();
  const { port, process } = await startProduct({ env, args: ['--allow', folder] });
  const params = { name: 'read_file', arguments: { path } };
  const headers = { Authorization: `Bearer ${key}` };
  const { result } = await (await new HttpClient(port).modern('tools/call', params, { headers })).json();
  assert.ok(result.isError);
  assert.not.match(JSON.stringify(result), 'sha256');
  process.kill();
});

test.run();
