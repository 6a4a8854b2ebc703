import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpAnswer, HttpClient, initialize, jsonHeaders } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import type { Frame } from '../support/server-process.ts';
import { TokenIssuer } from '../support/token-issuer.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: tokens');

const issuer = await TokenIssuer.start();
const other = await TokenIssuer.start();
const settings = {
  TELEMETRYFLOW_MCP_SECURITY_JWT_ISSUER: issuer.issuer,
  TELEMETRYFLOW_MCP_SECURITY_JWT_AUDIENCE: issuer.audience,
  TELEMETRYFLOW_MCP_SECURITY_JWT_JWKS_URL: issuer.jwksUrl,
};
const server = await startProduct({ env: settings });
const client = new HttpClient(server.port);

test.after(() => {
  killProductServers();
  issuer.close();
  other.close();
});

const list = (headers: Record<string, string>) => client.modern('tools/list', {}, { headers });
const bearer = async (claims?: object) => ({ Authorization: `Bearer ${await issuer.token({ ...claims })}` });
const names = async (answer: HttpAnswer) => (await answer.json()).result.tools.map(({ name }: Frame) => name);

const origin = `http://127.0.0.1:${server.port}`;
const metadata = `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`;
const scope = 'scope="tools:read tools:write tools:execute resources:read prompts:read"';

test('the server serves who has a token of the issuer what its scopes hold', async () => {
  assert.ok((await names(await list(await bearer()))).includes('echo'));
  assert.equal(await names(await list(await bearer({ scope: undefined, scp: ['tools:write'] }))), [
    'write_file',
    'claude_conversation',
  ]);
});

test('the server takes tokens on every transport', async () => {
  const headers = await bearer();
  const socket = await WebSocketClient.connect(server.port, { headers });
  socket.socket.close();
  const stream = await client.ask({ method: 'GET', path: '/sse', headers });
  assert.is(stream.status, 200);
  stream.close();
});

for (const [what, headers, status, challenge, code] of [
  ['without a token', async () => ({}), 401, `${metadata}, ${scope}`, 'required'],
  [
    'with what is no token',
    async () => ({ Authorization: 'Bearer x' }),
    401,
    `${metadata}, error="invalid_token"`,
    'failed',
  ],
  [
    'with a token that ran out',
    () => bearer({ exp: 1_000_000 }),
    401,
    `${metadata}, error="invalid_token"`,
    'failed',
  ],
  [
    'with a token for another server',
    () => bearer({ aud: 'https://x' }),
    401,
    `${metadata}, error="invalid_token"`,
    'failed',
  ],
  [
    'with another’s token',
    async () => ({ Authorization: `Bearer ${await other.token()}` }),
    401,
    `${metadata}, error="invalid_token"`,
    'failed',
  ],
  [
    'with an API key, where there are none',
    async () => ({ 'X-API-Key': 'tfk_x' }),
    401,
    `${metadata}, error="invalid_token"`,
    'failed',
  ],
  [
    'with half a header',
    async () => ({ Authorization: 'Bearer ' }),
    400,
    `${metadata}, error="invalid_request"`,
    'malformed',
  ],
] satisfies [string, () => Promise<Record<string, string>>, number, string, string][]) {
  test(`the server refuses who comes ${what}, says how to do better, and goes on`, async () => {
    const answer = await list(await headers());
    assert.equal([answer.status, answer.headers['www-authenticate']], [status, `Bearer ${challenge}`]);
    const { id, error } = await answer.json();
    assert.equal([id, error.code, error.data.code], [undefined, -32600, `authentication.${code}`]);
    assert.is((await list(await bearer())).status, 200);
  });
}

test('the server says which scopes there are to who has none of them', async () => {
  const answer = await list(await bearer({ scope: 'openid profile' }));
  assert.is(answer.status, 403);
  assert.is(answer.headers['www-authenticate'], `Bearer ${metadata}, error="insufficient_scope", ${scope}`);
  assert.is((await answer.json()).error.data.code, 'authorization.insufficient-scope');
  assert.is((await list(await bearer())).status, 200);
});

test('the server tells everybody whom to ask for a token', async () => {
  for (const path of ['', '/mcp']) {
    const answer = await client.ask({ method: 'GET', path: `/.well-known/oauth-protected-resource${path}` });
    assert.equal([answer.status, answer.headers['content-type']], [200, 'application/json']);
    assert.is(answer.headers['cache-control'], 'max-age=300');
    assert.equal(await answer.json(), {
      resource: `${origin}${path}`,
      authorization_servers: [issuer.issuer],
      scopes_supported: ['tools:read', 'tools:write', 'tools:execute', 'resources:read', 'prompts:read'],
      bearer_methods_supported: ['header'],
      resource_name: 'tfo-mcp',
    });
  }
  const head = await client.ask({ method: 'HEAD', path: '/.well-known/oauth-protected-resource' });
  assert.is(head.status, 200);
  const posted = await client.ask({ path: '/.well-known/oauth-protected-resource' });
  assert.equal([posted.status, posted.headers.allow], [405, 'GET, HEAD']);
});

test('names the metadata of the endpoint whatever is asked of it', async () => {
  const { headers } = await client.ask({ path: '/mcp?a=b', body: initialize(), headers: jsonHeaders });
  assert.is(headers['www-authenticate'], `Bearer ${metadata}, ${scope}`);
});

test('names the metadata of the whole server on other paths than the endpoint', async () => {
  const { headers } = await client.ask({ method: 'GET', path: '/sse' });
  assert.match(
    String(headers['www-authenticate']),
    `resource_metadata="${origin}/.well-known/oauth-protected-resource"`,
  );
});

test('a session is of a person with what they may use: with less, it is not theirs', async () => {
  const open = await client.ask({
    headers: { ...jsonHeaders, ...(await bearer({ scope: 'tools:read tools:write' })) },
    body: initialize(),
  });
  const session = { ...jsonHeaders, 'Mcp-Session-Id': String(open.headers['mcp-session-id']) };
  const ping = async (claims: object) =>
    (
      await client.ask({
        headers: { ...session, ...(await bearer(claims)) },
        body: { jsonrpc: '2.0', id: 1, method: 'ping' },
      })
    ).status;
  assert.is(await ping({ scope: 'tools:read tools:write', jti: 'a new token' }), 200);
  assert.is(await ping({ scope: 'tools:read' }), 404);
  assert.is(await ping({ scope: 'tools:read tools:write', sub: 'bob' }), 404);
});

test('the server registers no OAuth client, and names the issuer that does', async () => {
  const answer = await client.ask({ path: '/register', body: {} });
  assert.is(answer.status, 400);
  assert.match((await answer.json()).error_description, /get a token from http/);
});

test('the server ends an open stream when its token runs out', async () => {
  const exp = Math.floor(Date.now() / 1000) - 29; // a second more, with what clocks may differ
  const headers = await bearer({ exp });
  const stream = await client.ask({ method: 'GET', path: '/sse', headers });
  assert.is(stream.status, 200);
  await stream.ended;
});

test('the server says where clients reach it when a proxy is before it', async () => {
  const env = { ...settings, TELEMETRYFLOW_MCP_SERVER_PUBLIC_URL: 'https://mcp.example.com/' };
  const behind = await startProduct({ env });
  const proxied = new HttpClient(behind.port);
  const { headers } = await proxied.modern('tools/list');
  assert.match(
    String(headers['www-authenticate']),
    '"https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
  );
  const answer = await proxied.ask({ method: 'GET', path: '/.well-known/oauth-protected-resource/mcp' });
  assert.is((await answer.json()).resource, 'https://mcp.example.com/mcp');
  behind.process.kill();
});

test('the server says that it can’t tell while the issuer’s keys can’t be had, and logs no token', async () => {
  const alone = await startProduct({ env: settings });
  const waiting = new HttpClient(alone.port);
  const headers = await bearer();
  issuer.trouble = 503;
  const answer = await waiting.modern('tools/list', {}, { headers });
  assert.equal([answer.status, answer.headers['retry-after']], [503, '10']);
  assert.is((await answer.json()).error.data.code, 'authentication.unavailable');
  issuer.trouble = undefined;
  assert.is((await waiting.modern('tools/list', {}, { headers })).status, 200);
  assert.match(alone.process.stderr, 'The public keys that verify tokens could not be loaded');
  assert.not.match(alone.process.stderr + server.process.stderr, /eyJ/);
  alone.process.kill();
});

test.run();
