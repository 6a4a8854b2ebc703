import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { progressTokenOf, readMeta, traceOf } from '../../../../src/presentation/protocol/meta.ts';

const test = suite('meta');

test('none is an empty one', () => {
  assert.equal(readMeta(undefined), {});
  for (const params of [{}, { _meta: null }, { _meta: [] }, { _meta: {} }])
    assert.equal(readMeta(params), {});
});

test('metadata comes as it is, unknown keys included', () => {
  const meta = { 'com.example/mine': [1], progressToken: 'p' };
  assert.is(readMeta({ _meta: meta }), meta);
});

for (const token of ['', 'p', '7', 0, -1, 7, 2 ** 53 - 1]) {
  test(`${JSON.stringify(token)} is a progress token`, () => {
    assert.is(progressTokenOf(readMeta({ _meta: { progressToken: token } })), token);
  });
}

test('a progress token that is null is none', () => {
  assert.is(progressTokenOf(readMeta({ _meta: { progressToken: null } })), undefined);
});

for (const [params, message] of [
  [{ _meta: 5 }, 'Expected "_meta" to be an object, got a number'],
  [{ _meta: [1] }, 'Expected "_meta" to be an object, got an array'],
  [{ _meta: { progressToken: 1.5 } }, 'Expected "progressToken" to be a string or an integer, got a number'],
  [{ _meta: { progressToken: [] } }, 'Expected "progressToken" to be a string or an integer, got an array'],
  [{ _meta: { progressToken: {} } }, 'Expected "progressToken" to be a string or an integer, got an object'],
] as const) {
  test(`the decoder refuses ${JSON.stringify(params)}`, () => {
    assert.throws(
      () => readMeta(params as JsonObject),
      (error: unknown) => error instanceof RpcError && error.code === -32602 && error.message === message,
    );
  });
}

const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';

/** W3C Trace Context, section 3.2: what its own test corpus takes and refuses. */
for (const [what, traceparent] of [
  ['sampled', `00-${trace}-${parent}-01`],
  ['not sampled', `00-${trace}-${parent}-00`],
  ['unknown flags', `00-${trace}-${parent}-ff`],
  ['a version to come', `01-${trace}-${parent}-01`],
  ['the last version', `fe-${trace}-${parent}-01`],
  ['ids that almost are zeros', `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-01`],
] as const) {
  test(`the decoder takes a traceparent: ${what}`, () => {
    assert.equal(traceOf({ traceparent }), { traceparent });
  });
}

for (const [what, traceparent] of [
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['a list', [`00-${trace}-${parent}-01`]],
  ['an empty one', ''],
  ['version ff', `ff-${trace}-${parent}-01`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${parent}-01`],
  ['a parent id of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
  ['capitals', `00-${trace.toUpperCase()}-${parent}-01`],
  ['capitals in the flags', `00-${trace}-${parent}-0A`],
  ['a short trace id', `00-${trace.slice(1)}-${parent}-01`],
  ['a long trace id', `00-${trace}0-${parent}-01`],
  ['a short parent id', `00-${trace}-${parent.slice(1)}-01`],
  ['a letter that is no digit', `00-${trace.slice(1)}g-${parent}-01`],
  ['no flags', `00-${trace}-${parent}`],
  ['long flags', `00-${trace}-${parent}-001`],
  ['more behind version 00', `00-${trace}-${parent}-01-what`],
  ['white space around', ` 00-${trace}-${parent}-01 `],
  ['a line end', `00-${trace}-${parent}-01\n`],
  ['other separators', `00_${trace}_${parent}_01`],
] as const) {
  test(`the decoder ignores a malformed traceparent: ${what}`, () => {
    assert.is(traceOf({ traceparent, tracestate: 'a=b', baggage: 'c=d' } as JsonObject), undefined);
  });
}

test('tracestate and baggage come along, if they are texts', () => {
  const traceparent = `00-${trace}-${parent}-01`;
  assert.equal(traceOf({ traceparent, tracestate: 'a=b', baggage: 'c=d' }), {
    traceparent,
    tracestate: 'a=b',
    baggage: 'c=d',
  });
  assert.equal(traceOf({ traceparent, tracestate: 5, baggage: null }), { traceparent });
});

test.run();
