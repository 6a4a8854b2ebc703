import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernMeta } from '../support/server-process.ts';
import { WireAudit } from '../support/wire-audit.ts';

const test = suite('wire audit');

const request = (id: string | number, method: string, params: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });
const modern = (id: string | number, method: string, params: object = {}) =>
  request(id, method, { ...params, _meta: modernMeta() });
const result = (id: string | number, content: object) => ({ jsonrpc: '2.0', id, result: content });
const notification = (method: string, params: object) => ({ jsonrpc: '2.0', method, params });

/** An audit that has seen what a client sent; in a session of this revision, if one is given. */
function auditOf(session: string | undefined, ...sent: string[]): WireAudit {
  const audit = new WireAudit();
  if (session !== undefined) {
    audit.sent(request('init', 'initialize'));
    const serverInfo = { name: 'n', version: '1' };
    audit.received(result('init', { protocolVersion: session, capabilities: {}, serverInfo }));
  }
  for (const line of sent) audit.sent(line);
  return audit;
}

const latest = '2025-11-25';
const tool = { name: 'a', inputSchema: { type: 'object' } };
const complete = { resultType: 'complete', ttlMs: 0, cacheScope: 'public' };
const subscriptionId = { 'io.modelcontextprotocol/subscriptionId': 1 };

const valid: readonly [what: string, audit: WireAudit, frame: unknown][] = [
  ['the answer to a ping without a session', auditOf(undefined, request(1, 'ping')), result(1, {})],
  ['a list of tools', auditOf(latest, request(1, 'tools/list')), result(1, { tools: [tool] })],
  [
    'a modern list of tools beside a session',
    auditOf('2024-11-05', modern(1, 'tools/list')),
    result(1, { ...complete, tools: [tool] }),
  ],
  [
    'an error without an id',
    auditOf('2024-11-05'),
    { jsonrpc: '2.0', error: { code: -32700, message: 'm' } },
  ],
  [
    'a batch where there are batches, with an error without an id in it',
    auditOf('2025-03-26', `[${request(1, 'ping')},1]`),
    [result(1, {}), { jsonrpc: '2.0', error: { code: -32600, message: 'm' } }],
  ],
  [
    'a question to the client within a session',
    auditOf('2025-06-18'),
    { jsonrpc: '2.0', id: 's1', method: 'roots/list', params: {} },
  ],
  [
    'a question in a modern result',
    auditOf(undefined, modern(1, 'tools/call')),
    result(1, { resultType: 'input_required', requestState: 's' }),
  ],
];

for (const [what, audit, frame] of valid) {
  test(`the audit takes ${what}`, () => {
    assert.not.throws(() => audit.received(frame));
  });
}

const invalid: readonly [what: string, audit: WireAudit, frame: unknown, problem: RegExp][] = [
  ['what is no object', auditOf(latest), 42, /no object/],
  ['an answer to nothing', auditOf(latest), result(1, {}), /nobody waits for/],
  [
    'an id of null',
    auditOf(latest),
    { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'm' } },
    /nobody waits for/,
  ],
  [
    'an answer without "jsonrpc"',
    auditOf(latest, request(1, 'ping')),
    { id: 1, result: {} },
    /JSONRPCResultResponse/,
  ],
  [
    'the result of another method',
    auditOf(latest, request(1, 'tools/list')),
    result(1, { prompts: [] }),
    /Tools/,
  ],
  [
    'a result of a method that the revision lacks',
    auditOf(latest, request(1, 'server/discover')),
    result(1, {}),
    /knows no DiscoverResult/,
  ],
  [
    'a result of a method that nobody knows',
    auditOf(latest, request(1, 'foo')),
    result(1, {}),
    /result of "foo"/,
  ],
  [
    'a tool without a schema',
    auditOf(latest, request(1, 'tools/list')),
    result(1, { tools: [{ name: 'a' }] }),
    /inputSchema/,
  ],
  [
    "content that the session's revision lacks",
    auditOf('2024-11-05', request(1, 'tools/call')),
    result(1, { content: [{ type: 'audio', data: '', mimeType: 'audio/wav' }] }),
    /CallToolResult of revision 2024-11-05/,
  ],
  [
    'a link before 2025-06-18',
    auditOf('2025-03-26', request(1, 'tools/call')),
    result(1, { content: [{ type: 'resource_link', uri: 'a://b', name: 'b' }] }),
    /CallToolResult of revision 2025-03-26/,
  ],
  [
    'a modern result without its type',
    auditOf(undefined, modern(1, 'tools/call')),
    result(1, { content: [] }),
    /resultType/,
  ],
  [
    'a modern list without caching hints',
    auditOf(latest, modern(1, 'tools/list')),
    result(1, { resultType: 'complete', tools: [] }),
    /cacheScope/,
  ],
  [
    'a modern question of a wrong shape',
    auditOf(undefined, modern(1, 'tools/call')),
    result(1, { resultType: 'input_required', inputRequests: { a: { method: 'ping' } } }),
    /InputRequiredResult/,
  ],
  [
    'an error number that the modern era does not allow',
    auditOf(undefined, modern(1, 'tools/call')),
    { jsonrpc: '2.0', id: 1, error: { code: -32001, message: 'm' } },
    /-32001/,
  ],
  [
    'an unsupported version without the supported ones',
    auditOf(undefined, modern(1, 'tools/call')),
    { jsonrpc: '2.0', id: 1, error: { code: -32022, message: 'm' } },
    /UnsupportedProtocolVersionError/,
  ],
  [
    'an error with a fractional code',
    auditOf(latest, request(1, 'ping')),
    { jsonrpc: '2.0', id: 1, error: { code: 1.5, message: 'm' } },
    /JSONRPCErrorResponse/,
  ],
  [
    'an error without an id and without a message',
    auditOf('2024-11-05'),
    { jsonrpc: '2.0', error: { code: -32700 } },
    /message/,
  ],
  [
    'a batch after 2025-03-26',
    auditOf('2025-06-18', request(1, 'ping')),
    [result(1, {})],
    /a batch in 2025-06-18/,
  ],
  ['an empty batch', auditOf('2025-03-26'), [], /empty batch/],
  [
    'a batch with a bad member',
    auditOf('2025-03-26', request(1, 'tools/list')),
    [result(1, {})],
    /ListToolsResult/,
  ],
  ['an unknown notification', auditOf(latest), notification('notifications/foo', {}), /no revision knows/],
  [
    'a log message without a level',
    auditOf(latest),
    notification('notifications/message', { data: 1 }),
    /LoggingMessageNotification/,
  ],
  [
    'an acknowledgement without a filter',
    auditOf(latest),
    notification('notifications/subscriptions/acknowledged', { _meta: subscriptionId }),
    /notifications/,
  ],
  [
    'a question to a client without a session',
    auditOf(undefined, modern(1, 'tools/call')),
    { jsonrpc: '2.0', id: 's1', method: 'roots/list' },
    /no session/,
  ],
  [
    'a question that the revision lacks',
    auditOf('2025-03-26'),
    { jsonrpc: '2.0', id: 's1', method: 'elicitation/create', params: { message: 'm' } },
    /knows no ElicitRequest/,
  ],
];

for (const [what, audit, frame, problem] of invalid) {
  test(`the audit refuses ${what}`, () => {
    assert.throws(() => audit.received(frame), problem);
  });
}

test('the audit takes one answer a request', () => {
  const audit = auditOf(latest, request(1, 'ping'));
  audit.received(result(1, {}));
  assert.throws(() => audit.received(result(1, {})), /nobody waits for/);
});

test('the audit judges progress by the revision of the request that gave the token', () => {
  const progress = notification('notifications/progress', { progressToken: 't', progress: 1, message: 5 });
  const call = { name: 'a', _meta: { ...modernMeta(), progressToken: 't' } };
  assert.throws(() => auditOf('2024-11-05', request(1, 'tools/call', call)).received(progress), /2026-07-28/);
  assert.not.throws(() => auditOf('2024-11-05').received(progress)); // that revision has no message: it is no concern of its
});

test.run();
