import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  encodeError,
  encodeNotification,
  encodeRequest,
  encodeResult,
  withJson,
} from '../../../../src/presentation/jsonrpc/encode.ts';

const test = suite('encode');

test('a result', () => {
  assert.is(encodeResult(1, { a: [1, null] }), '{"jsonrpc":"2.0","id":1,"result":{"a":[1,null]}}');
});

test('members whose text is known go out as that; undefined ones don’t', () => {
  const result = { a: withJson({ n: 1 }, '{"n": 1}'), b: undefined, c: withJson([], '[ ]'), '"': '"' };
  assert.is(encodeResult(1, result), '{"jsonrpc":"2.0","id":1,"result":{"a":{"n": 1},"c":[ ],"\\"":"\\""}}');
});

test('a value whose text is known is itself to everyone else', () => {
  assert.is(JSON.stringify([withJson({ n: 1 }, '{"n": 1}')]), '[{"n":1}]');
});

for (const [id, written] of [
  [0, '0'],
  [-1, '-1'],
  ['', '""'],
  ['7', '"7"'],
  ['a"b', '"a\\"b"'],
] as const) {
  test(`the id ${written} is echoed`, () => {
    assert.is(encodeResult(id, {}), `{"jsonrpc":"2.0","id":${written},"result":{}}`);
    assert.is(
      encodeError(id, { code: 1, message: 'm' }),
      `{"jsonrpc":"2.0","id":${written},"error":{"code":1,"message":"m"}}`,
    );
  });
}

test('an error that can’t echo an id has none: null would be no MCP', () => {
  assert.is(
    encodeError(undefined, { code: -32700, message: 'm', data: { code: 'json.invalid' } }),
    '{"jsonrpc":"2.0","error":{"code":-32700,"message":"m","data":{"code":"json.invalid"}}}',
  );
});

test('a notification and a request', () => {
  assert.is(encodeNotification('n', { a: 1 }), '{"jsonrpc":"2.0","method":"n","params":{"a":1}}');
  assert.is(encodeRequest('s1', 'm', {}), '{"jsonrpc":"2.0","id":"s1","method":"m","params":{}}');
});

for (const [what, result] of [
  ['undefined', undefined],
  ['a function', () => undefined],
  ['a BigInt', 1n],
] as const) {
  test(`${what} is no result`, () => {
    assert.throws(
      () => encodeResult(1, result),
      (error: unknown) => error instanceof TypeError,
    );
  });
}

test('a result that contains itself is none', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  assert.throws(() => encodeResult(1, circle), /circular/i);
});

for (const [text, written] of [
  ['a\nb\r\0', '"a\\nb\\r\\u0000"'],
  ['a\u0085b\u2028c\u2029', '"a\\u0085b\\u2028c\\u2029"'],
  ['\u0085', '"\\u0085"'],
  ['\\\u2028\\u2028', '"\\\\\\u2028\\\\u2028"'],
  ['é€😀', '"é€😀"'],
  ['\ud800', '"\\ud800"'],
  ['\ude00\ud83d', '"\\ude00\\ud83d"'],
] as const) {
  test(`${written} stays on its line`, () => {
    assert.is(encodeResult(1, { text }), `{"jsonrpc":"2.0","id":1,"result":{"text":${written}}}`);
  });
}

const ENDS_A_LINE = /[\u0085\u2028\u2029]/;
const separators = 'a\u0085b\u2028c\u2029d';

for (const [what, frame] of [
  ['a result', encodeResult(separators, { [separators]: separators })],
  ['a result that is text', encodeResult(1, separators)],
  ['a result encoded ahead', encodeResult(1, { a: withJson({ b: separators }, `{"b":"${separators}"}`) })],
  [
    'a result beside one encoded ahead',
    encodeResult(separators, { a: withJson(1, '1'), [separators]: separators }),
  ],
  ['an error', encodeError(separators, { code: 1, message: separators, data: { a: separators } })],
  ['an error without an id', encodeError(undefined, { code: 1, message: separators })],
  ['a notification', encodeNotification(separators, { a: separators })],
  ['a request', encodeRequest(separators, separators, { a: separators })],
] as const) {
  test(`${what} has nothing that somebody takes for the end of a line, and says the same`, () => {
    assert.not.match(frame, ENDS_A_LINE);
    assert.ok(JSON.stringify(JSON.parse(frame)).includes(separators));
  });
}

test('every frame is one line of well-formed JSON that says the same', async () => {
  const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
  await fc.assert(
    fc.property(anyText, fc.dictionary(anyText, fc.jsonValue()), (id, result) => {
      const frame = encodeResult(id, result);
      assert.not.match(frame, '\n');
      assert.not.match(frame, ENDS_A_LINE);
      assert.ok(frame.isWellFormed());
      assert.equal(JSON.parse(frame), JSON.parse(JSON.stringify({ jsonrpc: '2.0', id, result })));
    }),
  );
});

test.run();
