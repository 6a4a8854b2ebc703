import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { echoTool } from '../../../../../src/application/tools/echo.ts';
import { describeTool } from '../../../../../src/domain/tool/tool.ts';
import { parseFrame } from '../../../../../src/presentation/jsonrpc/parse.ts';
import { classifyPost } from '../../../../../src/presentation/protocol/http/classify-post.ts';

const test = suite('classify-post');

const PREFIX = 'io.modelcontextprotocol/';
const MODERN = '2026-07-28';

const claim = (version: unknown = MODERN) => ({
  _meta: { [`${PREFIX}protocolVersion`]: version, [`${PREFIX}clientCapabilities`]: {} },
});
const request = (method: string, params: object = {}, id: unknown = 7) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const headersFor = (method: string, name?: string) => ({
  'mcp-protocol-version': MODERN,
  'mcp-method': method,
  ...(name !== undefined && { 'mcp-name': name }),
});

const mirroring = describeTool({
  ...echoTool().tool,
  name: 'deploy',
  inputSchema: () => ({
    type: 'object',
    properties: {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      level: { type: 'integer', 'x-mcp-header': 'Level' },
      dry: { type: 'boolean', 'x-mcp-header': 'Dry' },
      note: { type: 'string' },
    },
  }),
});
const tools = { getTool: ({ name }: { name: string }) => (name === 'deploy' ? mirroring : undefined) };

/** `modern`, `legacy`, or the error number and the id of a refusal. */
function classified(posted: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof posted === 'string' ? posted : JSON.stringify(posted);
  const result = classifyPost(parseFrame(text), (name) => headers[name], tools);
  return result.era === 'none' ? [result.refusal.error.code, result.id] : result.era;
}

const list = request('tools/list', claim());
const listHeaders = headersFor('tools/list');

for (const [what, posted, headers, expected] of [
  ['what is no JSON', '{bad', {}, [-32700, undefined]],
  ['an empty batch', [], {}, 'legacy'],
  ['a batch', [request('ping')], {}, 'legacy'],
  ['a batch with a modern member', [request('ping'), list], {}, [-32600, undefined]],
  ['a batch with a modern header', [request('ping')], listHeaders, [-32600, undefined]],
  ['a response', { jsonrpc: '2.0', id: 's1', result: {} }, {}, 'legacy'],
  [
    'a response with a modern header',
    { jsonrpc: '2.0', id: 's1', result: {} },
    listHeaders,
    [-32600, undefined],
  ],
  ['a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }, {}, 'legacy'],
  ['a modern notification', { jsonrpc: '2.0', method: 'notifications/foo', params: claim() }, {}, 'modern'],
  [
    'a notification with a modern header',
    { jsonrpc: '2.0', method: 'notifications/foo' },
    listHeaders,
    'modern',
  ],
  ['initialize', request('initialize'), {}, 'legacy'],
  [
    'initialize with an unknown version header',
    request('initialize'),
    { 'mcp-protocol-version': '1999-01-01' },
    'legacy',
  ],
  ['initialize with a modern header', request('initialize'), listHeaders, [-32020, 7]],
  ['a request without a claim', request('tools/list'), {}, 'legacy'],
  ['a request without a claim and with a modern header', request('tools/list'), listHeaders, [-32602, 7]],
  ['a modern request', list, listHeaders, 'modern'],
  ['a claim that is no string', request('tools/list', claim(5)), listHeaders, [-32602, 7]],
  [
    'a claim without capabilities',
    request('tools/list', { _meta: { [`${PREFIX}protocolVersion`]: MODERN } }),
    listHeaders,
    [-32602, 7],
  ],
  [
    'another version than the header, though unknown',
    request('tools/list', claim('2999-01-01')),
    listHeaders,
    [-32020, 7],
  ],
  [
    'an unknown version, as the header says',
    request('tools/list', claim('2999-01-01')),
    { ...listHeaders, 'mcp-protocol-version': '2999-01-01' },
    [-32022, 7],
  ],
  ['no version header', list, { 'mcp-method': 'tools/list' }, [-32020, 7]],
  ['no method header', list, { 'mcp-protocol-version': MODERN }, [-32020, 7]],
  ['another method header', list, headersFor('tools/call'), [-32020, 7]],
  ['a method header in another case', list, headersFor('Tools/List'), [-32020, 7]],
  [
    'no name header',
    request('tools/call', { name: 'echo', ...claim() }),
    headersFor('tools/call'),
    [-32020, 7],
  ],
  [
    'another name header',
    request('tools/call', { name: 'echo', ...claim() }),
    headersFor('tools/call', 'other'),
    [-32020, 7],
  ],
  [
    'the name header',
    request('tools/call', { name: 'echo', ...claim() }),
    headersFor('tools/call', 'echo'),
    'modern',
  ],
  [
    'the name header in base64',
    request('tools/call', { name: 'echo', ...claim() }),
    headersFor('tools/call', '=?base64?ZWNobw==?='),
    'modern',
  ],
  [
    'the name header in bad base64',
    request('tools/call', { name: 'echo', ...claim() }),
    headersFor('tools/call', '=?base64?ZWNobw?='),
    [-32020, 7],
  ],
  [
    'no name at all, which the method refuses',
    request('tools/call', claim()),
    headersFor('tools/call'),
    'modern',
  ],
  [
    'the URI of a resource',
    request('resources/read', { uri: 'a://b', ...claim() }),
    headersFor('resources/read', 'a://b'),
    'modern',
  ],
  [
    'another URI of a resource',
    request('resources/read', { uri: 'a://b', ...claim() }),
    headersFor('resources/read', 'a://c'),
    [-32020, 7],
  ],
  [
    'the name of a prompt',
    request('prompts/get', { name: 'p', ...claim() }),
    headersFor('prompts/get', 'p'),
    'modern',
  ],
  [
    'another name of a prompt',
    request('prompts/get', { name: 'p', ...claim() }),
    headersFor('prompts/get', 'q'),
    [-32020, 7],
  ],
  ['a name of what has none', request('constructor', claim()), headersFor('constructor'), 'modern'],
] as const) {
  test(`${what}: ${JSON.stringify(expected)}`, () => {
    assert.equal(classified(posted, headers), expected);
  });
}

const call = (args: object) => request('tools/call', { name: 'deploy', arguments: args, ...claim() });
const callHeaders = (params: object) => ({ ...headersFor('tools/call', 'deploy'), ...params });

for (const [what, args, headers, expected] of [
  ['none where there is no argument', {}, {}, 'modern'],
  ['the argument', { region: 'eu' }, { 'mcp-param-region': 'eu' }, 'modern'],
  [
    'the argument in base64',
    { region: 'Zürich' },
    { 'mcp-param-region': '=?base64?WsO8cmljaA==?=' },
    'modern',
  ],
  ['bad base64', { region: 'eu' }, { 'mcp-param-region': '=?base64?ZXU?=' }, [-32020, 7]],
  ['another value', { region: 'eu' }, { 'mcp-param-region': 'us' }, [-32020, 7]],
  ['nothing', { region: 'eu' }, {}, [-32020, 7]],
  ['something for an argument that is not there', {}, { 'mcp-param-region': 'eu' }, [-32020, 7]],
  ['something for null', { region: null }, { 'mcp-param-region': 'null' }, [-32020, 7]],
  ['nothing for null', { region: null }, {}, 'modern'],
  ['an integer', { level: 42 }, { 'mcp-param-level': '42' }, 'modern'],
  ['the same integer otherwise', { level: 42 }, { 'mcp-param-level': '42.0' }, 'modern'],
  ['another integer', { level: 42 }, { 'mcp-param-level': '43' }, [-32020, 7]],
  ['nothing for zero', { level: 0 }, { 'mcp-param-level': '' }, [-32020, 7]],
  ['a truth', { dry: true }, { 'mcp-param-dry': 'true' }, 'modern'],
  ['a falsehood', { dry: true }, { 'mcp-param-dry': 'false' }, [-32020, 7]],
  ['what the schema does not ask for', { note: 'a' }, {}, 'modern'],
] as const) {
  test(`mirrored arguments, the header has ${what}: ${JSON.stringify(expected)}`, () => {
    assert.equal(classified(call(args), callHeaders(headers)), expected);
  });
}

test('mirrored arguments are no matter where the arguments are no object', () => {
  assert.is(
    classified(request('tools/call', { name: 'deploy', arguments: 5, ...claim() }), callHeaders({})),
    'modern',
  );
});

test.run();
