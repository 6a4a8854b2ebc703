import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  error,
  expectEnd,
  product,
  request,
  result,
  testExchange,
  testScenario,
} from '../support/vectors.ts';

const test = suite('Vectors: lifecycle');

const clientInfo = { name: 'vector', version: '1.0.0' };
const initialize = (id: number, protocolVersion: unknown) =>
  request(id, 'initialize', { protocolVersion, capabilities: {}, clientInfo });
const agreed = (id: number, protocolVersion: string) => result(id, { protocolVersion, '…': '…' });
const latest = '2025-11-25';

for (const version of ['2024-11-05', '2025-03-26', '2025-06-18', latest]) {
  testExchange(test, {
    vector: 1,
    what: `initialize with ${version} agrees on it`,
    on: product,
    sent: [initialize(1, version)],
    answered: [agreed(1, version)],
  });
}

for (const version of ['1900-01-01', '2099-01-01', '2026-07-28', 'draft', '']) {
  testExchange(test, {
    vector: 2,
    what: `initialize with "${version}" agrees on the newest revision that has initialize`,
    on: product,
    sent: [initialize(1, version)],
    answered: [agreed(1, latest)],
  });
}

testExchange(test, {
  vector: 3,
  what: 'initialize without parameters, version or client, or with a version that is no string',
  on: product,
  sent: [
    request(1, 'initialize'),
    request(2, 'initialize', { capabilities: {}, clientInfo }),
    initialize(3, 1),
    request(4, 'initialize', { protocolVersion: latest, capabilities: {} }),
    request(5, 'initialize', { protocolVersion: latest, capabilities: ['roots'], clientInfo }),
  ],
  answered: [1, 2, 3, 4, 5].map((id) => error(-32602, id)),
});

testExchange(test, {
  vector: 4,
  what: 'ping before initialize',
  on: product,
  sent: [request(1, 'ping')],
  answered: [result(1, {})],
});

testExchange(test, {
  vector: 5,
  what: 'tools/list before initialize, without a claim to be modern',
  on: product,
  sent: [request(1, 'tools/list')],
  answered: [
    error(-32602, 1, {
      supported: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'],
      '…': '…',
    }),
  ],
});

testScenario(test, { vector: 6, what: 'initialize twice renegotiates', on: product }, async (server) => {
  server.send(initialize(1, '2024-11-05'));
  assert.is((await server.answer(1)).result.protocolVersion, '2024-11-05');
  server.send(initialize(2, '2025-06-18'));
  assert.is((await server.answer(2)).result.protocolVersion, '2025-06-18');
  assert.ok((await server.request(3, 'tools/list')).result.tools.every((tool: object) => 'title' in tool));
  await expectEnd(server);
});

testExchange(test, {
  vector: 6,
  what: 'initialize twice, the second right behind the first',
  on: product,
  sent: [initialize(1, '2024-11-05'), initialize(2, '2025-06-18')],
  answered: [agreed(1, '2024-11-05'), agreed(2, '2025-06-18')],
});

testExchange(test, {
  vector: 7,
  what: 'tools/list right behind initialize, without notifications/initialized',
  on: product,
  sent: [initialize(1, latest), request(2, 'tools/list')],
  answered: [agreed(1, latest), result(2, { tools: '…' })],
});

test.run();
