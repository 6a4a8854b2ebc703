import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { begin, fail, hang } from '../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { ConnectProxy } from '../support/connect-proxy.ts';
import type { Frame, ServerKind } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';
import { authorityPath, localhostTls } from '../support/tls-fixture.ts';

const test = suite('Claude over the network');
const http = await AnthropicServer.start();
const https = await AnthropicServer.start({ tls: localhostTls });
const proxy = await ConnectProxy.start('user:pa55word');
test.before.each(() => {
  proxy.passed.length = 0;
});
test.after(async () => {
  killStartedServers();
  await Promise.all([http.close(), https.close(), proxy.close()]);
});

const HTTPS_PROXY = `http://user:pa55word@127.0.0.1:${proxy.port}`;
const NODE_EXTRA_CA_CERTS = authorityPath;

/** The result of one call; nothing that was written may hold a secret, and no log line what was said. */
async function converse(kind: ServerKind, baseUrl: string, env: Record<string, string> = {}): Promise<Frame> {
  const server = startServer(kind, {
    env: { ANTHROPIC_API_KEY: TEST_API_KEY, TELEMETRYFLOW_MCP_CLAUDE_BASE_URL: baseUrl, ...env },
  });
  await server.initialize();
  const { result } = await server.request(1, 'tools/call', {
    name: 'claude_conversation',
    arguments: { message: 'Hello' },
  });
  assert.equal(await server.close(), cleanExit);
  for (const secret of [TEST_API_KEY, 'pa55word']) {
    assert.not.ok(`${server.lines.join('\n')}\n${server.stderr}`.includes(secret), server.stderr);
  }
  assert.not.match(server.stderr, /Hello|You said|sending request/);
  return result;
}

const textOf = ({ content }: Frame): string => content.map(({ text }: Frame) => text).join('');

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: talks to the API, and logs neither key nor words`, async () => {
    const env = { ANTHROPIC_LOG: 'debug', TELEMETRYFLOW_MCP_LOGGING_LEVEL: 'debug' };
    const { isError, structuredContent } = await converse(kind, http.url, env);
    assert.not.ok(isError);
    assert.is(structuredContent.text, 'You said: Hello');
  });

  test(`${kind}: goes through the proxy, and trusts a private authority`, async () => {
    const result = await converse(kind, https.url, { HTTPS_PROXY, NODE_EXTRA_CA_CERTS });
    assert.is(result.structuredContent?.text, 'You said: Hello', textOf(result));
    assert.equal([...new Set(proxy.passed)], [new URL(https.url).host]);
  });

  test(`${kind}: goes past the proxy to what NO_PROXY names`, async () => {
    const result = await converse(kind, https.url, {
      HTTPS_PROXY,
      NODE_EXTRA_CA_CERTS,
      NO_PROXY: 'localhost',
    });
    assert.is(result.structuredContent?.text, 'You said: Hello', textOf(result));
    assert.equal(proxy.passed, []);
  });

  test(`${kind}: an error that names a cause from another part of the API is one like others`, async () => {
    http.next(fail(400, 'invalid_request_error', { message: 'A reason', errorCode: 'bundle_on_call' }));
    const result = await converse(kind, http.url);
    assert.ok(result.isError);
    assert.match(textOf(result), /Claude refused the request \(400\), it says "A reason"/);
  });
}

const retries = { TELEMETRYFLOW_MCP_CLAUDE_MAX_RETRIES: '0' };

test('the error says how to trust the authority that nobody knows', async () => {
  for (const env of [{}, { HTTPS_PROXY }] as const) {
    const result = await converse('binary', https.url, { ...retries, ...env });
    assert.ok(result.isError);
    assert.match(textOf(result), /"localhost:\d+" failed \([A-Z_]+\): .*NODE_EXTRA_CA_CERTS/);
  }
});

test('the error says that the proxy refuses, or is none', async () => {
  const wrong = { HTTPS_PROXY: HTTPS_PROXY.replace('user:', 'nobody:'), NODE_EXTRA_CA_CERTS };
  const refused = await converse('binary', https.url, { ...retries, ...wrong });
  assert.match(textOf(refused), /ERR_PROXY_TUNNEL\): the proxy refused: check HTTPS_PROXY/);
  const none = await converse('binary', https.url, { ...retries, HTTPS_PROXY: 'http://user:pa55word@:x' });
  assert.match(textOf(none), /HTTPS_PROXY is not a URL/);
});

test('a call that is cancelled ends its request', async () => {
  const server = startServer('binary', {
    env: { ANTHROPIC_API_KEY: TEST_API_KEY, TELEMETRYFLOW_MCP_CLAUDE_BASE_URL: http.url },
  });
  await server.initialize();
  const before = http.requests.length;
  http.next(begin('Half of', hang));
  const params = {
    name: 'claude_conversation',
    arguments: { message: 'Hello' },
    _meta: { progressToken: 'p' },
  };
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  await server.until(({ method }) => method === 'notifications/progress');
  server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await http.requests[before]?.aborted;
  assert.equal(await server.close(), cleanExit);
  assert.not.ok(server.frames.some(({ id }) => id === 1));
});

test.run();
