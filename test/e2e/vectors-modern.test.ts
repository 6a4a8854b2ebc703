import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AesGcmStateSealer } from '../../src/infrastructure/sealing/aes-gcm-state-sealer.ts';
import { modernMeta } from '../support/server-process.ts';
import {
  error,
  expectEnd,
  fixture,
  modern,
  notification,
  product,
  request,
  result,
  testExchange,
  testScenario,
  text,
} from '../support/vectors.ts';

const test = suite('Vectors: modern era');

const PREFIX = 'io.modelcontextprotocol/';
const versions = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
const serverInfo = { [`${PREFIX}serverInfo`]: '…' };
const listHints = { ttlMs: 300_000, cacheScope: 'public' };
const tools = { resultType: 'complete', tools: '…', ...listHints, _meta: serverInfo };
const discovery = {
  resultType: 'complete',
  supportedVersions: versions,
  capabilities: '…',
  instructions: '…',
  ...listHints,
  _meta: serverInfo,
};
const initialize = (id: number, protocolVersion: string) =>
  request(id, 'initialize', { protocolVersion, capabilities: {}, clientInfo: { name: 'n', version: '1' } });
/** A request with this as its `_meta`. */
const claiming = (id: number, method: string, meta: object) => request(id, method, { _meta: meta });

testExchange(test, {
  vector: 48,
  what: 'server/discover',
  on: product,
  sent: [modern(1, 'server/discover')],
  answered: [result(1, discovery)],
});

testExchange(test, {
  vector: 49,
  what: 'server/discover without _meta, without capabilities or with ones that are none, with a version that is none',
  on: product,
  sent: [
    request(1, 'server/discover'),
    claiming(2, 'server/discover', {}),
    claiming(3, 'server/discover', { [`${PREFIX}protocolVersion`]: '2026-07-28' }),
    claiming(4, 'server/discover', { ...modernMeta(), [`${PREFIX}clientCapabilities`]: ['roots'] }),
    claiming(5, 'server/discover', { ...modernMeta(), [`${PREFIX}protocolVersion`]: 5 }),
  ],
  answered: [1, 2, 3, 4, 5].map((id) => error(-32602, id)),
});

const unsupported = (id: number, requested: string) =>
  error(-32022, id, { code: 'version.unsupported', supported: versions, requested });

testExchange(test, {
  vector: 50,
  what: 'a version that nobody knows, as the first message and after others',
  on: product,
  sent: [
    claiming(1, 'tools/list', modernMeta({ version: '1900-01-01' })),
    modern(2, 'tools/list'),
    claiming(3, 'server/discover', modernMeta({ version: '1900-01-01' })),
  ],
  answered: [unsupported(1, '1900-01-01'), result(2, tools), unsupported(3, '1900-01-01')],
});

testExchange(test, {
  vector: 51,
  what: 'a version with a handshake, claimed without one',
  on: product,
  sent: [claiming(1, 'tools/list', modernMeta({ version: '2025-11-25' }))],
  answered: [unsupported(1, '2025-11-25')],
});

testExchange(test, {
  vector: 52,
  what: 'what one request claims is not the next one’s; a handshake is still welcome',
  on: product,
  sent: [
    modern(1, 'tools/list'),
    request(2, 'tools/list'),
    initialize(3, '2025-06-18'),
    request(4, 'tools/list'),
  ],
  answered: [
    result(1, tools),
    error(-32602, 2, { code: 'session.missing', '…': '…' }),
    result(3, { protocolVersion: '2025-06-18', '…': '…' }),
    result(4, { tools: '…' }),
  ],
});

testExchange(test, {
  vector: 53,
  what: 'discovery, then a handshake: the results are the session’s',
  on: product,
  sent: [modern(1, 'server/discover'), initialize(2, '2025-11-25'), request(3, 'tools/list')],
  answered: [
    result(1, discovery),
    result(2, { protocolVersion: '2025-11-25', capabilities: '…', serverInfo: '…', instructions: '…' }),
    result(3, { tools: '…' }),
  ],
});

testExchange(test, {
  vector: 54,
  what: 'a handshake, then requests with a claim: their results are modern',
  on: product,
  sent: [initialize(1, '2025-11-25'), modern(2, 'tools/list'), modern(3, 'server/discover')],
  answered: [result(1), result(2, tools), result(3, discovery)],
});

const removed = [
  'initialize',
  'ping',
  'logging/setLevel',
  'resources/subscribe',
  'resources/unsubscribe',
  'tasks/get',
  'tasks/list',
  'tasks/result',
  'tasks/cancel',
  'shutdown',
  'foo',
];

for (const on of [product, fixture]) {
  testExchange(test, {
    vector: 55,
    what: 'methods that the era does not have',
    on,
    sent: removed.map((method, id) =>
      modern(id, method, { level: 'info', uri: 'test://static', taskId: 't' }),
    ),
    answered: removed.map((method, id) => error(-32601, id, { code: 'method.not-found', method })),
  });
}

testExchange(test, {
  vector: 56,
  what: 'a log level that does not exist',
  on: product,
  sent: ['loud', '', 5].map((logLevel, id) =>
    claiming(id, 'tools/list', { ...modernMeta(), [`${PREFIX}logLevel`]: logLevel }),
  ),
  answered: [0, 1, 2].map((id) => error(-32602, id)),
});

testExchange(test, {
  vector: 59,
  what: 'an id of null or 1.5, and an array with a modern member',
  on: product,
  sent: [modern(null, 'tools/list'), modern(1.5, 'tools/list'), [modern(1, 'tools/list')]],
  answered: [error(-32600), error(-32600), error(-32600)],
});

testExchange(test, {
  vector: 59,
  what: 'an array with a modern member where arrays are known',
  on: product,
  session: '2025-03-26',
  sent: [[request(1, 'ping'), modern(2, 'tools/list')]],
  answered: [error(-32600)],
});

testExchange(test, {
  vector: 60,
  what: 'notifications are not answered, whatever they claim',
  on: product,
  sent: [
    notification('notifications/foo', { _meta: modernMeta() }),
    notification('notifications/foo', { _meta: { [`${PREFIX}protocolVersion`]: 5 } }),
    notification('notifications/foo', { _meta: modernMeta({ version: '1900-01-01' }) }),
    notification('tools/call', { name: 'echo', _meta: modernMeta() }),
  ],
  answered: [],
});

const STATE_KEY = 'a key that replicas share';
const asking = { elicitation: {} };
const inputResponses = { who: { action: 'accept', content: { name: 'Ada' } } };
const answering = (id: number, name: string, requestState: string) =>
  modern(id, 'tools/call', { name, inputResponses, requestState }, asking);

testScenario(
  test,
  { vector: 61, what: 'a requestState that is tampered with, expired, or another tool’s', on: fixture },
  async (server) => {
    server.send(modern(1, 'tools/call', { name: 'ask_name' }, asking));
    const { requestState } = (await server.answer(1)).result;
    const another = requestState[0] === 'A' ? 'B' : 'A';
    const refused: [tool: string, state: string][] = [
      ['ask_name', `${requestState}x`],
      ['ask_name', another + requestState.slice(1)],
      ['ask_name', requestState.slice(0, -4)],
      ['ask_if_possible', requestState],
      ['ask_name', await sealed(Date.now() - 600_001)],
    ];
    for (const [at, [tool, state]] of refused.entries()) {
      server.send(answering(10 + at, tool, state));
      assert.is((await server.answer(10 + at)).error?.code, -32602, `${tool} ${state}`);
    }
    for (const [at, state] of [requestState, await sealed(Date.now() - 590_000)].entries()) {
      server.send(answering(20 + at, 'ask_name', state));
      assert.is((await server.answer(20 + at)).result.content[0].text, 'Hello, Ada!');
    }
    await expectEnd(server);
  },
  { env: { FIXTURE: JSON.stringify({ stateKey: STATE_KEY }) } },
);

/** The state that the server would have sealed at that time, in milliseconds since 1970, for a first round of "ask_name". */
function sealed(at: number): Promise<string> {
  const content = '{"answers":{},"asked":{}}';
  return new AesGcmStateSealer(STATE_KEY, () => at).seal(content, '["local",["tools/call","ask_name",{}]]');
}

testExchange(test, {
  vector: 62,
  what: 'requests of clients with different capabilities, one after the other: each is judged by its own',
  on: fixture,
  sent: [
    modern(1, 'tools/call', { name: 'ask_if_possible' }, asking),
    modern(2, 'tools/call', { name: 'ask_if_possible' }),
    modern(3, 'tools/call', { name: 'ask_name' }),
    modern(4, 'tools/call', { name: 'ask_name' }, asking),
    modern(5, 'tools/call', { name: 'ask_url' }, asking),
    modern(6, 'tools/call', { name: 'ask_url' }, { elicitation: { url: {} } }),
  ],
  answered: [
    result(1, { resultType: 'input_required', '…': '…' }),
    result(2, { resultType: 'complete', ...text('nobody to ask') }),
    error(-32021, 3, { requiredCapabilities: { elicitation: { form: {} } }, '…': '…' }),
    result(4, { resultType: 'input_required', '…': '…' }),
    error(-32021, 5, { requiredCapabilities: { elicitation: { url: {} } }, '…': '…' }),
    result(6, { resultType: 'input_required', '…': '…' }),
  ],
});

test.run();
