import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  cacheable,
  completeResult,
  resultOf,
} from '../../../../../src/presentation/protocol/modern/result.ts';
import { fixtureServerInfo } from '../../../../fixtures/fixture-identity.ts';
import { modernCall } from './modern-call.ts';

const test = suite('modern result');

const { call } = modernCall();
const { name, version } = fixtureServerInfo;
const signed = { 'io.modelcontextprotocol/serverInfo': { name, version } };

test('a result says that it is whole, and who made it', () => {
  assert.equal(completeResult(call, { content: [] }), { resultType: 'complete', content: [], _meta: signed });
});

test('a result keeps its own _meta', () => {
  assert.equal(completeResult(call, { _meta: { 'test/key': 1 } })['_meta'], { 'test/key': 1, ...signed });
});

test('a result that says at length who made it keeps that', () => {
  const own = { 'io.modelcontextprotocol/serverInfo': fixtureServerInfo };
  assert.equal(completeResult(call, { _meta: own })['_meta'], own);
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
