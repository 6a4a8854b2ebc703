import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Batch, Message } from '../../../../src/presentation/jsonrpc/message.ts';
import { isRequestId, parseFrame } from '../../../../src/presentation/jsonrpc/parse.ts';

const test = suite('parse, for all input');

const kinds = ['request', 'notification', 'response', 'invalid', 'batch'];

/** Something that looks like a message, with members that may be of any kind. */
const almostMessage = fc.record(
  {
    jsonrpc: fc.oneof(fc.constant('2.0'), fc.jsonValue()),
    id: fc.oneof(fc.integer(), fc.string(), fc.jsonValue()),
    method: fc.oneof(fc.string(), fc.jsonValue()),
    params: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
    result: fc.jsonValue(),
    error: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

function check(frame: Message | Batch): void {
  assert.ok(kinds.includes(frame.kind));
  if (frame.kind === 'batch') frame.members.forEach(check);
  if (frame.kind === 'request') assert.ok(isRequestId(frame.id));
  if (frame.kind === 'invalid') {
    assert.ok([-32700, -32600, -32602].includes(frame.error.code));
    if ('id' in frame) assert.ok(isRequestId(frame.id));
  }
}

test('no text makes it throw', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0e-1') }),
  );
  await fc.assert(fc.property(text, (any) => check(parseFrame(any))));
});

test('no JSON value makes it throw', async () => {
  await fc.assert(fc.property(fc.json(), (any) => check(parseFrame(any))));
});

test('no message, however wrong, makes it throw', async () => {
  const value = fc.oneof(almostMessage, fc.array(almostMessage));
  await fc.assert(fc.property(value, (any) => check(parseFrame(JSON.stringify(any)))));
});

const id = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'binary' }));
const params = fc.option(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), { nil: undefined });
const request = fc.record({ id, method: fc.string({ unit: 'binary' }), params });

/** As JSON says it: -0 is 0, and a prototype is nothing. */
const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

test('a valid request comes through as it was', async () => {
  await fc.assert(
    fc.property(request, (sent) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...sent });
      const frame = parseFrame(text);
      assert.is(frame.kind, 'request');
      assert.equal(throughJson(frame), { kind: 'request', ...throughJson(sent) });
    }),
  );
});

test('a batch of valid requests comes through in order', async () => {
  await fc.assert(
    fc.property(fc.array(request), (sent) => {
      const frame = parseFrame(JSON.stringify(sent.map((one) => ({ jsonrpc: '2.0', ...one }))));
      assert.equal(throughJson(frame), {
        kind: 'batch',
        members: sent.map((one) => ({ kind: 'request', ...throughJson(one) })),
      });
    }),
  );
});

test('white space around a message is nothing', async () => {
  const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\r') });
  await fc.assert(
    fc.property(space, request, space, (before, sent, after) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...sent });
      assert.equal(parseFrame(before + text + after), parseFrame(text));
    }),
  );
});

test.run();
