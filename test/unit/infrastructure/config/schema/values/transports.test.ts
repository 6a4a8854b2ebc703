import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { transports } from '../../../../../../src/infrastructure/config/schema/values/transports.ts';

const test = suite('transports');

for (const [given, meant] of [
  ['stdio', 'stdio'],
  [['stdio'], 'stdio'],
  ['http', ['http']],
  ['http, sse,websocket', ['http', 'sse', 'websocket']],
  [
    ['websocket', 'http'],
    ['websocket', 'http'],
  ],
  [['http', 'http'], ['http']],
] as const) {
  test(`${JSON.stringify(given)} means ${JSON.stringify(meant)}`, () =>
    assert.equal(v.parse(transports(), given), meant));
}

for (const given of ['', [], 'stdio,http', 'https', ['http', ''], ['http', 7], 7, 'constructor'])
  test(`${JSON.stringify(given)} means nothing`, () => assert.not.ok(v.is(transports(), given)));

test.run();
