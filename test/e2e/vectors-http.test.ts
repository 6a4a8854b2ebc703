import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject, JsonValue } from '../../src/domain/shared/json.ts';
import { mismatch } from '../support/frame-pattern.ts';
import {
  type HttpAsk,
  HttpClient,
  HttpSession,
  initialize,
  jsonHeaders,
  modernHeaders,
} from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { type Frame, modernMeta } from '../support/server-process.ts';

const test = suite('vectors: http');
test.after(killNetworkServers);

const server = await NetworkServer.start({ settings: { surface: 'conformance' } });
const client = new HttpClient(server.port);

interface Vector extends HttpAsk {
  readonly what: string;
  /** The headers of a good modern request of the method, but for these; undefined leaves one out. */
  readonly but?: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  /** The error's number, or the pattern of the body; without one it is empty. */
  readonly answer?: number | JsonObject;
  /** The error's id: that of the request unless it is null, when there is none. */
  readonly id?: null;
}

const META = 'io.modelcontextprotocol/';
const modern = (method: string, params: Frame = {}, meta: Frame = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method,
  params: { ...params, _meta: { ...modernMeta(), ...meta } },
});
const legacy = (method: string, params?: JsonObject) => ({
  jsonrpc: '2.0',
  id: 1,
  method,
  ...(params && { params }),
});
const claim = (version: JsonValue) => ({ [`${META}protocolVersion`]: version });
const call = (name: string, args: Frame = {}) => modern('tools/call', { name, arguments: args });
const TEXT = 'test_simple_text';
/** The pattern of any result. */
const served: JsonObject = { result: '…', '…': '…' };
const base64 = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;
/** A call of the tool whose arguments are mirrored. */
const mirrored = (args: Frame) => call('test_x_mcp_header', args);

/** In the order in which a server checks: what is wrong further down is wrong in those further up too. */
const vectors: readonly Vector[] = [
  // 1: where it goes and where it comes from
  {
    what: 'a foreign host',
    but: { Host: 'evil.example' },
    body: modern('tools/list'),
    status: 403,
    answer: -32600,
    id: null,
  },
  {
    what: 'a foreign host, before anything else',
    headers: { Host: 'evil.example' },
    body: '{bad',
    status: 403,
    answer: -32600,
    id: null,
  },
  {
    what: 'a foreign origin',
    but: { Origin: 'http://evil.example' },
    body: modern('tools/list'),
    status: 403,
    answer: -32600,
    id: null,
  },
  {
    what: 'an opaque origin',
    but: { Origin: 'null' },
    body: modern('tools/list'),
    status: 403,
    answer: -32600,
    id: null,
  },
  {
    what: 'an origin that only begins like a local one',
    but: { Origin: 'http://localhost.evil.example' },
    body: modern('tools/list'),
    status: 403,
    answer: -32600,
    id: null,
  },
  {
    what: 'a local origin',
    but: { Origin: 'http://localhost:8080' },
    body: modern('tools/list'),
    status: 200,
    answer: served,
  },
  // 2: the body
  { what: 'no JSON', headers: jsonHeaders, body: '{bad', status: 400, answer: -32700, id: null },
  { what: 'nothing', headers: jsonHeaders, body: '', status: 400, answer: -32700, id: null },
  { what: 'an empty batch', headers: jsonHeaders, body: [], status: 400, answer: -32600, id: null },
  { what: 'a number', headers: jsonHeaders, body: '42', status: 400, answer: -32600, id: null },
  {
    what: 'a batch with a modern member',
    headers: jsonHeaders,
    body: [modern('tools/list')],
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'a batch with a modern header',
    but: {},
    body: [legacy('ping')],
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'a response with a modern header',
    but: {},
    body: { jsonrpc: '2.0', id: 1, result: {} },
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'an id of null',
    but: {},
    body: { ...modern('tools/list'), id: null },
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'a fractional id',
    but: {},
    body: { ...modern('tools/list'), id: 1.5 },
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'another JSON-RPC',
    but: {},
    body: { ...modern('tools/list'), jsonrpc: '1.0' },
    status: 400,
    answer: -32600,
  },
  {
    what: 'text',
    but: { 'Content-Type': 'text/plain' },
    body: modern('tools/list'),
    status: 415,
    answer: -32600,
    id: null,
  },
  {
    what: 'no content type',
    but: { 'Content-Type': undefined },
    body: modern('tools/list'),
    status: 415,
    answer: -32600,
    id: null,
  },
  {
    what: 'JSON with a charset',
    but: { 'Content-Type': 'Application/JSON; charset=utf-8' },
    body: modern('tools/list'),
    status: 200,
    answer: served,
  },
  // 3
  {
    what: '"initialize" with a modern header',
    headers: { ...jsonHeaders, 'MCP-Protocol-Version': '2026-07-28' },
    body: { ...initialize(), id: 1 },
    status: 400,
    answer: -32020,
  },
  // 4: the envelope
  {
    what: 'a modern header without a claim',
    but: {},
    body: legacy('tools/list'),
    status: 400,
    answer: -32602,
  },
  {
    what: 'a claim that is no text',
    but: {},
    body: modern('tools/list', {}, claim(5)),
    status: 400,
    answer: -32602,
  },
  {
    what: 'no client capabilities',
    but: {},
    body: legacy('tools/list', { _meta: claim('2026-07-28') }),
    status: 400,
    answer: -32602,
  },
  {
    what: 'client capabilities that are a list',
    but: {},
    body: modern('tools/list', {}, { [`${META}clientCapabilities`]: ['roots'] }),
    status: 400,
    answer: -32602,
  },
  {
    what: 'an unknown log level',
    but: {},
    body: modern('tools/list', {}, { [`${META}logLevel`]: 'loud' }),
    status: 400,
    answer: -32602,
  },
  // 5: before 6
  {
    what: 'another version in the header',
    but: {},
    body: modern('tools/list', {}, claim('v999')),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a legacy version in the header',
    but: { 'MCP-Protocol-Version': '2025-11-25' },
    body: modern('tools/list'),
    status: 400,
    answer: -32020,
  },
  // 6
  {
    what: 'an unknown version in both',
    but: { 'MCP-Protocol-Version': '1900-01-01' },
    body: modern('tools/list', {}, claim('1900-01-01')),
    status: 400,
    answer: {
      error: { code: -32022, message: '…', data: { supported: '…', requested: '1900-01-01', '…': '…' } },
      '…': '…',
    },
  },
  {
    what: 'a legacy version in both',
    but: { 'MCP-Protocol-Version': '2025-11-25' },
    body: modern('tools/list', {}, claim('2025-11-25')),
    status: 400,
    answer: -32022,
  },
  // 7
  {
    what: 'no version header',
    but: { 'MCP-Protocol-Version': undefined },
    body: modern('tools/list'),
    status: 400,
    answer: -32020,
  },
  {
    what: 'no method header',
    but: { 'Mcp-Method': undefined },
    body: modern('tools/list'),
    status: 400,
    answer: -32020,
  },
  {
    what: 'another method in the header',
    but: { 'Mcp-Method': 'prompts/list' },
    body: modern('tools/list'),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a method header in another case',
    but: { 'Mcp-Method': 'Tools/List' },
    body: modern('tools/list'),
    status: 400,
    answer: -32020,
  },
  {
    what: 'header names in another case',
    headers: Object.fromEntries(
      Object.entries(modernHeaders('tools/list')).map(([name, value]) => [name.toUpperCase(), value]),
    ),
    body: modern('tools/list'),
    status: 200,
    answer: served,
  },
  // 8
  {
    what: 'no name of the tool',
    but: { 'Mcp-Name': undefined },
    body: call(TEXT),
    status: 400,
    answer: -32020,
  },
  {
    what: 'another tool in the header',
    but: { 'Mcp-Name': 'other' },
    body: call(TEXT),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a tool in another case',
    but: { 'Mcp-Name': 'TEST_SIMPLE_TEXT' },
    body: call(TEXT),
    status: 400,
    answer: -32020,
  },
  {
    what: 'spaces around the tool',
    but: { 'Mcp-Name': ` ${TEXT}\t` },
    body: call(TEXT),
    status: 200,
    answer: served,
  },
  {
    what: 'the tool in base64',
    but: { 'Mcp-Name': base64(TEXT) },
    body: call(TEXT),
    status: 200,
    answer: served,
  },
  {
    what: 'base64 without its padding',
    but: { 'Mcp-Name': base64(TEXT).replace(/=+\?=$/, '?=') },
    body: call(TEXT),
    status: 400,
    answer: -32020,
  },
  {
    what: 'base64 that is none',
    but: { 'Mcp-Name': '=?base64?%%%%?=' },
    body: call(TEXT),
    status: 400,
    answer: -32020,
  },
  {
    what: 'another prompt in the header',
    but: { 'Mcp-Name': 'other' },
    body: modern('prompts/get', { name: 'test_simple_prompt' }),
    status: 400,
    answer: -32020,
  },
  {
    what: 'another resource in the header',
    but: { 'Mcp-Name': 'test://other' },
    body: modern('resources/read', { uri: 'test://static-text' }),
    status: 400,
    answer: -32020,
  },
  // 9
  ...[
    'initialize',
    'ping',
    'logging/setLevel',
    'resources/subscribe',
    'resources/unsubscribe',
    'foo',
    '__proto__',
  ].map((method) => ({
    what: `the method "${method}"`,
    but: {},
    body: modern(method),
    status: 404,
    answer: -32601,
  })),
  // 10
  {
    what: 'a mirrored argument without its header',
    but: {},
    body: mirrored({ region: 'eu' }),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a mirrored argument with another value',
    but: { 'Mcp-Param-Region': 'us' },
    body: mirrored({ region: 'eu' }),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a header without its argument',
    but: { 'Mcp-Param-Region': 'eu', 'Mcp-Param-Level': '1' },
    body: mirrored({ region: 'eu' }),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a header whose argument is null',
    but: { 'Mcp-Param-Region': 'eu', 'Mcp-Param-Level': '1' },
    body: mirrored({ region: 'eu', level: null }),
    status: 400,
    answer: -32020,
  },
  {
    what: 'a header that is bad base64',
    but: { 'Mcp-Param-Region': '=?base64?!?=' },
    body: mirrored({ region: 'eu' }),
    status: 400,
    answer: -32020,
  },
  {
    what: 'mirrored arguments',
    but: { 'Mcp-Param-Region': base64('Ünterland'), 'Mcp-Param-Level': '7.0' },
    body: mirrored({ region: 'Ünterland', level: 7 }),
    status: 200,
    answer: { result: { content: [{ type: 'text', text: 'In Ünterland' }], '…': '…' }, '…': '…' },
  },
  // 11
  {
    what: 'a capability that the client lacks',
    but: {},
    body: call('test_missing_capability'),
    status: 400,
    answer: {
      error: { code: -32021, message: '…', data: { requiredCapabilities: { sampling: {} }, '…': '…' } },
      '…': '…',
    },
  },
  // 12
  { what: 'an unknown tool', but: {}, body: call('nope'), status: 200, answer: -32602 },
  {
    what: 'an unknown resource',
    but: {},
    body: modern('resources/read', { uri: 'test://nope' }),
    status: 200,
    answer: -32602,
  },
  {
    what: 'a bad cursor',
    but: {},
    body: modern('tools/list', { cursor: 'zzz' }),
    status: 200,
    answer: -32602,
  },
  {
    what: 'a tool that fails',
    but: {},
    body: call('test_error_handling'),
    status: 200,
    answer: { result: { isError: true, '…': '…' }, '…': '…' },
  },
  // notifications
  {
    what: 'a notification',
    but: {},
    body: { jsonrpc: '2.0', method: 'notifications/foo', params: { _meta: modernMeta() } },
    status: 202,
  },
  {
    what: 'a notification with a malformed envelope',
    but: {},
    body: { jsonrpc: '2.0', method: 'notifications/foo', params: { _meta: 5 } },
    status: 202,
  },
  {
    what: 'a modern notification without any header',
    headers: jsonHeaders,
    body: { jsonrpc: '2.0', method: 'notifications/foo', params: { _meta: modernMeta() } },
    status: 202,
  },
  // what an older revision had means nothing
  {
    what: 'a session id that nobody gave',
    but: { 'Mcp-Session-Id': 'nope', 'Last-Event-ID': '1.1' },
    body: modern('tools/list'),
    status: 200,
    answer: served,
  },
  {
    what: 'an "Accept" with JSON only',
    but: { Accept: 'application/json' },
    body: modern('tools/list'),
    status: 200,
    answer: served,
  },
  // no session
  {
    what: 'a legacy request without a session',
    headers: jsonHeaders,
    body: legacy('tools/list'),
    status: 400,
    answer: -32600,
  },
  {
    what: 'a legacy request of an unknown session',
    headers: { ...jsonHeaders, 'Mcp-Session-Id': 'nope' },
    body: legacy('tools/list'),
    status: 404,
    answer: -32600,
  },
  {
    what: 'a legacy batch without a session',
    headers: jsonHeaders,
    body: [legacy('ping')],
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'GET without a session',
    method: 'GET',
    headers: jsonHeaders,
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'DELETE without a session',
    method: 'DELETE',
    headers: jsonHeaders,
    status: 400,
    answer: -32600,
    id: null,
  },
  {
    what: 'GET of an unknown session',
    method: 'GET',
    headers: { ...jsonHeaders, 'Mcp-Session-Id': 'nope' },
    status: 404,
    answer: -32600,
    id: null,
  },
  {
    what: 'DELETE of an unknown session',
    method: 'DELETE',
    headers: { ...jsonHeaders, 'Mcp-Session-Id': 'nope' },
    status: 404,
    answer: -32600,
    id: null,
  },
  {
    what: '"initialize" with an unknown version in the header',
    headers: { ...jsonHeaders, 'MCP-Protocol-Version': '1999-01-01' },
    body: { ...initialize(), id: 1 },
    status: 400,
    answer: -32600,
  },
  {
    what: '"initialize" with a version in the header that is served',
    headers: { ...jsonHeaders, 'MCP-Protocol-Version': '2025-06-18' },
    body: { ...initialize(), id: 1 },
    status: 200,
    answer: served,
  },
  {
    what: '"initialize" with a session that has ended',
    headers: { ...jsonHeaders, 'Mcp-Session-Id': 'stale' },
    body: { ...initialize(), id: 1 },
    status: 200,
    answer: served,
  },
  {
    what: '"initialize" of a client that takes no streams',
    headers: { ...jsonHeaders, Accept: 'application/json' },
    body: { ...initialize(), id: 1 },
    status: 406,
    answer: -32600,
  },
  {
    what: '"initialize" of a client that takes everything',
    headers: { ...jsonHeaders, Accept: '*/*' },
    body: { ...initialize(), id: 1 },
    status: 200,
    answer: served,
  },
  {
    what: 'GET of a client that takes no streams',
    method: 'GET',
    headers: { Accept: 'application/json' },
    status: 406,
    answer: -32600,
    id: null,
  },
  {
    what: '"initialize" without a version',
    headers: jsonHeaders,
    body: { ...initialize(), id: 1, params: {} },
    status: 200,
    answer: -32602,
  },
  // methods and paths
  ...['PUT', 'PATCH', 'HEAD', 'OPTIONS'].map((method) => ({ what: method, method, status: 405 })),
  { what: 'another path', path: '/nope', body: {}, status: 404, answer: -32600, id: null },
  {
    what: 'a query on the path',
    path: '/mcp?x=1',
    but: {},
    body: modern('tools/list'),
    status: 200,
    answer: served,
  },
];

function headersOf({ headers = {}, but, body }: Vector): Record<string, string> {
  if (but === undefined) return { ...headers };
  const { method = '', params } = body as Frame;
  const all = Object.entries({ ...modernHeaders(method, params), ...but });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

for (const vector of vectors) {
  const { what, status, answer: expected, id } = vector;
  test(`${what}: ${status}`, async () => {
    const answer = await client.ask({ ...vector, headers: headersOf(vector) });
    await answer.ended;
    assert.is(answer.status, status, answer.text);
    if (expected === undefined) assert.is(answer.text, '');
    else {
      assert.is(answer.headers['content-type'], 'application/json');
      const error = { error: { code: expected as number, message: '…', data: '…' } };
      const pattern = {
        jsonrpc: '2.0',
        ...(id !== null && { id: 1 }),
        ...(typeof expected === 'number' ? error : expected),
      };
      assert.is(mismatch(pattern, JSON.parse(answer.text), new Map()), undefined);
    }
    const next = await client.modern('tools/call', { name: TEXT, arguments: {} });
    assert.is((await next.json()).result.content[0].text, 'This is a simple text response for testing.');
  });
}

test('a version that the session does not know is refused in it', async () => {
  const session = await HttpSession.open(client);
  const refused = await session.post(legacy('ping'), { 'MCP-Protocol-Version': '1999-01-01' });
  assert.is(refused.status, 400);
  assert.equal((await refused.json()).error.code, -32600);
  const served = await session.post(legacy('ping'), { 'MCP-Protocol-Version': '2025-11-25' });
  assert.equal(await served.json(), { jsonrpc: '2.0', id: 1, result: {} });
});

test('405 names the methods that there are', async () => {
  const answer = await client.ask({ method: 'PUT' });
  assert.is(answer.headers.allow, 'GET, POST, DELETE');
});

test('the server ends well after all that', () => server.stop());

test.run();
