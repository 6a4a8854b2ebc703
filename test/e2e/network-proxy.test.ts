import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, initialize } from '../support/http-client.ts';
import { killProductServers, type ProductServer, startProduct } from '../support/product-server.ts';
import { TokenIssuer } from '../support/token-issuer.ts';

const test = suite('network: behind a proxy');

const PREFIX = '/tfo';
const PUBLIC = `https://mcp.example.com${PREFIX}`;
const issuer = await TokenIssuer.start();
const proxies: Server[] = [];
test.after(() => {
  killProductServers();
  issuer.close();
  for (const proxy of proxies) proxy.closeAllConnections();
  for (const proxy of proxies) proxy.close();
});

/** A proxy that takes the prefix off, hands on the name it was called by, and adds whom it heard from: `X-Client` here. */
async function startProxy(target: number): Promise<HttpClient> {
  const proxy = createServer((incoming, outgoing) => {
    const { headers, method, url = '' } = incoming;
    if (!url.startsWith(`${PREFIX}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const { 'x-client': client = '127.0.0.1', 'x-forwarded-for': before, ...others } = headers;
    const hops = [before, client].filter(Boolean).join(', ');
    const onward = request({
      port: target,
      host: '127.0.0.1',
      method,
      path: url.slice(PREFIX.length),
      headers: { ...others, host: 'mcp.example.com', 'x-forwarded-for': hops },
    });
    onward.once('response', (answer: IncomingMessage) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    outgoing.once('close', () => onward.destroy());
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  proxies.push(proxy);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return new HttpClient((proxy.address() as AddressInfo).port);
}

async function start(
  env: Readonly<Record<string, string>>,
): Promise<ProductServer & { proxied: HttpClient }> {
  const server = await startProduct({ env: { TELEMETRYFLOW_MCP_SERVER_PUBLIC_URL: PUBLIC, ...env } });
  return { ...server, proxied: await startProxy(server.port) };
}

test('a client that posts through the proxy is served without more settings', async () => {
  const { proxied, process } = await start({});
  const answer = await proxied.ask({
    path: `${PREFIX}/mcp`,
    body: initialize(),
    headers: { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' },
  });
  assert.is(answer.status, 200);
  assert.match(process.stderr, `"url":"${PUBLIC}/mcp ${PUBLIC}/sse wss://mcp.example.com/tfo/ws"`);
  process.kill();
});

test('a client of HTTP+SSE is told a path that the proxy leads back', async () => {
  const { proxied, process } = await start({});
  const stream = await proxied.ask({
    method: 'GET',
    path: `${PREFIX}/sse`,
    headers: { Accept: 'text/event-stream' },
  });
  const { data: path } = await stream.untilEvent(({ event }) => event === 'endpoint');
  assert.match(path, /^\/tfo\/messages\?sessionId=/);
  const headers = { 'Content-Type': 'application/json' };
  assert.is((await proxied.ask({ path, body: initialize('2024-11-05'), headers })).status, 202);
  assert.ok((await stream.until(({ id }) => id === 'init')).result);
  process.kill();
});

test('a client without a token is told the metadata by its public URL, and finds it there', async () => {
  const { proxied, port, process } = await start({
    TELEMETRYFLOW_MCP_SECURITY_JWT_ISSUER: issuer.issuer,
    TELEMETRYFLOW_MCP_SECURITY_JWT_AUDIENCE: issuer.audience,
    TELEMETRYFLOW_MCP_SECURITY_JWT_JWKS_URL: issuer.jwksUrl,
  });
  const refused = await proxied.ask({ path: `${PREFIX}/mcp`, body: initialize() });
  const { pathname } = new URL(
    /resource_metadata="([^"]+)"/.exec(String(refused.headers['www-authenticate']))?.[1] ?? '',
  );
  assert.is(pathname, `${PREFIX}/.well-known/oauth-protected-resource/mcp`);
  const found = await (await proxied.ask({ method: 'GET', path: pathname })).json();
  assert.is(found.resource, `${PUBLIC}/mcp`);
  // where a client looks by itself, if the proxy hands that on
  const inserted = `/.well-known/oauth-protected-resource${PREFIX}/mcp`;
  assert.equal(await (await new HttpClient(port).ask({ method: 'GET', path: inserted })).json(), found);
  process.kill();
});

const ask = (proxied: HttpClient, client: string, madeUp = '203.0.113.1') =>
  proxied.ask({
    path: `${PREFIX}/mcp`,
    body: initialize(),
    headers: { 'X-Client': client, 'X-Forwarded-For': madeUp },
  });

const rate = {
  TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_PER_MINUTE: '1',
  TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_BURST: '2',
};

test('clients behind a trusted proxy have rates of their own, by addresses that they can’t make up', async () => {
  const { proxied, process } = await start({
    ...rate,
    TELEMETRYFLOW_MCP_SECURITY_TRUSTED_PROXIES: '127.0.0.0/8',
  });
  const statuses: number[] = [];
  for (const madeUp of ['203.0.113.1', '203.0.113.2', '203.0.113.3'])
    statuses.push((await ask(proxied, '198.51.100.7', madeUp)).status);
  assert.is(statuses[2], 429);
  assert.is.not((await ask(proxied, '198.51.100.8')).status, 429);
  assert.match(process.stderr, '"address":"198.51.100.7"');
  process.kill();
});

test('clients behind a proxy that nobody trusts have one rate together', async () => {
  const { proxied, process } = await start(rate);
  for (const client of ['198.51.100.1', '198.51.100.2']) await ask(proxied, client);
  assert.is((await ask(proxied, '198.51.100.3')).status, 429);
  assert.match(process.stderr, '"address":"127.0.0.1"');
  process.kill();
});

test.run();
