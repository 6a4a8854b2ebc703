import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cacheable, complete, resultOf } from '../../../../../src/presentation/protocol/modern/result.ts';
import { fixtureServerInfo } from '../../../../fixtures/fixture-identity.ts';
import { modernCall } from './modern-call.ts';

const test = suite('modern result');

const { call } = modernCall();
const signed = { 'io.modelcontextprotocol/serverInfo': fixtureServerInfo };

test('a result says that it is whole, and who made it', () => {
  assert.equal(complete(call, { content: [] }), { resultType: 'complete', content: [], _meta: signed });
});

test('a result keeps its own _meta', () => {
  assert.equal(complete(call, { _meta: { 'test/key': 1 } })['_meta'], { 'test/key': 1, ...signed });
});

test('a result says for how long it may be kept, and that it is everyone’s', () => {
  assert.equal(cacheable(call, 0, { tools: [] }), {
    resultType: 'complete',
    tools: [],
    ttlMs: 0,
    cacheScope: 'public',
    _meta: signed,
  });
});

test('a result says what else it is', () => {
  assert.is(resultOf(call, 'input_required', {})['resultType'], 'input_required');
});

test.run();
