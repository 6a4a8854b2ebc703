import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isRequestId, notUtf8, parseFrame } from '../../../../src/presentation/jsonrpc/parse.ts';

const test = suite('parse');

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;

const parsed = (text: string) => {
  const frame = parseFrame(text);
  if (frame.kind !== 'invalid') return frame;
  return { kind: 'invalid', code: frame.error.code, ...('id' in frame && { id: frame.id }) };
};

for (const text of [
  '',
  'this is not json',
  '{"jsonrpc":"2.0","id":5,"method":"ping"',
  '{"jsonrpc":"2.0","id":5,"method":"ping"}{"jsonrpc":"2.0","id":6,"method":"ping"}',
  "{'jsonrpc':'2.0'}",
  '{"a":1,}',
  'undefined',
  'NaN',
  '\ufeff{"jsonrpc":"2.0","id":1,"method":"ping"}',
]) {
  test(`${JSON.stringify(text)} is no JSON: an answer without id`, () => {
    assert.equal(parsed(text), { kind: 'invalid', code: PARSE_ERROR });
  });
}

for (const text of ['42', 'null', '"x"', 'true', '1e3']) {
  test(`${text} is no object: an answer without id`, () => {
    assert.equal(parsed(text), { kind: 'invalid', code: INVALID_REQUEST });
  });
}

for (const [text, response] of [
  ['{"jsonrpc":"2.0","id":"s1","result":{}}', { id: 's1', result: {}, error: undefined }],
  ['{"jsonrpc":"2.0","id":"s1","error":{"code":1}}', { id: 's1', result: undefined, error: { code: 1 } }],
  ['{"jsonrpc":"2.0","id":null,"error":{"code":1}}', { id: null, result: undefined, error: { code: 1 } }],
  ['{"result":null}', { id: undefined, result: null, error: undefined }],
  ['{"id":1.5,"result":1,"error":2}', { id: 1.5, result: 1, error: 2 }],
] as const) {
  test(`${text} is a response, never answered`, () => {
    assert.equal(parseFrame(text), { kind: 'response', ...response });
  });
}

test('a response is one however deep it is', () => {
  assert.is(parseFrame(`{"id":1,"result":${'['.repeat(2000)}${']'.repeat(2000)}}`).kind, 'response');
});

for (const [what, text] of [
  ['no jsonrpc', '{"id":5,"method":"ping"}'],
  ['jsonrpc "1.0"', '{"jsonrpc":"1.0","id":5,"method":"ping"}'],
  ['jsonrpc 2.0', '{"jsonrpc":2.0,"id":5,"method":"ping"}'],
  ['method 1', '{"jsonrpc":"2.0","id":5,"method":1}'],
  ['method null', '{"jsonrpc":"2.0","id":5,"method":null}'],
  ['method null beside a result', '{"jsonrpc":"2.0","id":5,"method":null,"result":{}}'],
  ['no method', '{"jsonrpc":"2.0","id":5}'],
  ['params [1]', '{"jsonrpc":"2.0","id":5,"method":"ping","params":[1]}'],
  ['params [[]]', '{"jsonrpc":"2.0","id":5,"method":"ping","params":[[]]}'],
  ['params "x"', '{"jsonrpc":"2.0","id":5,"method":"ping","params":"x"}'],
  ['params 0', '{"jsonrpc":"2.0","id":5,"method":"ping","params":0}'],
  ['params false', '{"jsonrpc":"2.0","id":5,"method":"ping","params":false}'],
] as const) {
  test(`${what} is refused, with the id`, () => {
    assert.equal(parsed(text), { kind: 'invalid', code: INVALID_REQUEST, id: 5 });
    assert.equal(parsed(text.replace('"id":5', '"id":"a"')), {
      kind: 'invalid',
      code: INVALID_REQUEST,
      id: 'a',
    });
    assert.equal(parsed(text.replace('"id":5', '"id":null')), { kind: 'invalid', code: INVALID_REQUEST });
  });
}

for (const id of [
  'null',
  'true',
  '{}',
  '[1]',
  '1.5',
  '-0.1',
  '9007199254740993',
  '-9007199254740993',
  '1e400',
]) {
  test(`the id ${id} can't be echoed: an answer without id`, () => {
    assert.equal(parsed(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`), {
      kind: 'invalid',
      code: INVALID_REQUEST,
    });
  });
}

for (const [written, id] of [
  ['""', ''],
  ['"a"', 'a'],
  ['"7"', '7'],
  ['0', 0],
  ['-1', -1],
  ['7', 7],
  ['1.0', 1],
  ['1e3', 1000],
  ['9007199254740991', 9007199254740991],
  ['-9007199254740991', -9007199254740991],
] as const) {
  test(`the id ${written} is echoed as ${JSON.stringify(id)}`, () => {
    assert.equal(parseFrame(`{"jsonrpc":"2.0","id":${written},"method":"ping"}`), {
      kind: 'request',
      id,
      method: 'ping',
      params: undefined,
    });
  });
}

test('params null are none', () => {
  assert.equal(parseFrame('{"jsonrpc":"2.0","id":1,"method":"ping","params":null}'), {
    kind: 'request',
    id: 1,
    method: 'ping',
    params: undefined,
  });
});

test('further members are ignored', () => {
  assert.equal(parseFrame('{"jsonrpc":"2.0","id":1,"method":"ping","extra":1,"params":{"a":1}}'), {
    kind: 'request',
    id: 1,
    method: 'ping',
    params: { a: 1 },
  });
});

test('a method beside a result is a request', () => {
  assert.is(parseFrame('{"jsonrpc":"2.0","id":1,"method":"ping","result":1}').kind, 'request');
});

test('without an id it is a notification, whatever its method', () => {
  for (const method of ['notifications/initialized', 'ping', 'initialize', '']) {
    assert.equal(parseFrame(JSON.stringify({ jsonrpc: '2.0', method, params: { a: 1 } })), {
      kind: 'notification',
      method,
      params: { a: 1 },
    });
  }
});

test('members called "__proto__" stay members', () => {
  const frame = parseFrame('{"jsonrpc":"2.0","id":1,"method":"x","params":{"__proto__":{"polluted":1}}}');
  assert.ok(frame.kind === 'request' && Object.hasOwn(frame.params ?? {}, '__proto__'));
  assert.is(({} as Record<string, unknown>)['polluted'], undefined);
  const disguised = parseFrame('{"__proto__":{"jsonrpc":"2.0","id":1,"method":"x"}}');
  assert.is(disguised.kind, 'invalid');
});

test('an array is a batch of what its members are', () => {
  const frame = parseFrame(
    '[{"jsonrpc":"2.0","id":5,"method":"ping"},{"jsonrpc":"2.0","method":"n"},{"id":1,"result":{}},1,[]]',
  );
  assert.is(frame.kind, 'batch');
  assert.equal(frame.kind === 'batch' && frame.members.map(({ kind }) => kind), [
    'request',
    'notification',
    'response',
    'invalid',
    'invalid',
  ]);
});

test('an empty array is an empty batch', () => {
  assert.equal(parseFrame('[]'), { kind: 'batch', members: [] });
});

/** A request whose whole is so many levels deep. */
const nested = (levels: number, open = '[', close = ']') =>
  `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":${open.repeat(levels - 2)}${close.repeat(levels - 2)}}}`;

test('512 levels are read', () => {
  assert.is(parseFrame(nested(512)).kind, 'request');
});

test('513 levels are too many, and the id is told', () => {
  assert.equal(parsed(nested(513)), { kind: 'invalid', code: INVALID_PARAMS, id: 7 });
  const objects = `{"jsonrpc":"2.0","id":7,"method":"x","params":${'{"a":'.repeat(512)}1${'}'.repeat(512)}}`;
  assert.equal(parsed(objects), { kind: 'invalid', code: INVALID_PARAMS, id: 7 });
});

test('200 000 levels do no harm', () => {
  assert.equal(parsed(nested(200_000)), { kind: 'invalid', code: INVALID_PARAMS, id: 7 });
  assert.equal(parsed(nested(200_000).replace('"id":7', '"id":null')), {
    kind: 'invalid',
    code: INVALID_REQUEST,
  });
});

test('a batch that is too deep is refused as a whole', () => {
  const frame = parseFrame(`[${nested(513)}]`);
  assert.is(frame.kind, 'batch');
  assert.equal(
    frame.kind === 'batch' &&
      frame.members.map((member) => member.kind === 'invalid' && [member.error.code, member.id]),
    [[INVALID_REQUEST, undefined]],
  );
});

test('a wide message isn’t a deep one', () => {
  const wide = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'x', params: { a: Array(5000).fill([]) } });
  assert.is(parseFrame(wide).kind, 'request');
});

test('a frame that is not UTF-8 is refused, with the id where it can be found', () => {
  const refused = (code: number) => ({
    code,
    message: 'Expected the message to be UTF-8, got bytes that are not; nothing was done',
    data: { code: 'json.not-utf-8' },
  });
  const request = '{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":"\ufffd"}}';
  assert.equal(notUtf8(request), { kind: 'invalid', id: 7, error: refused(INVALID_PARAMS) });
  assert.equal(notUtf8('\ufffd'), { kind: 'invalid', error: refused(INVALID_REQUEST) });
});

/** A request whose whole is so many values. */
const wide = (values: number, member = '1') =>
  `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":[${Array(values - 6)
    .fill(member)
    .join()}]}}`;

/** A request whose whole is so many values, with members of the kind in one object. */
const keyed = (values: number, key: (at: number) => string) =>
  `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":{${Array.from({ length: values - 6 }, (_, at) => `${key(at)}:1`).join()}}}}`;

for (const [what, text] of [
  ['numbers', wide(200_000)],
  ['empty objects', wide(200_000, '{}')],
  ['strings that look like values', wide(200_000, '"[1,{},{"')],
  ['names', keyed(200_000, (at) => `"k${at}"`)],
  ['equal names', keyed(200_000, () => '"k"')],
  ['names of prototypes', keyed(200_000, () => '"__proto__"')],
] as const) {
  test(`200,000 values are read: ${what}`, () => {
    assert.is(parseFrame(text).kind, 'request');
  });
}

for (const [what, text] of [
  ['numbers', wide(200_001)],
  ['empty objects', wide(200_001, '{}')],
  ['empty objects, with spaces', wide(200_001, '{ }')],
  ['objects with a member', wide(100_004, '{"a":1}')],
  ['strings', wide(200_001, '"a"')],
  ['names', keyed(200_001, (at) => `"k${at}"`)],
  ['equal names', keyed(200_001, () => '"k"')],
  ['names of prototypes', keyed(200_001, () => '"__proto__"')],
  ['a million numbers', wide(1_000_000)],
] as const) {
  test(`more values are refused unread, with the id: ${what}`, () => {
    const frame = parseFrame(text);
    assert.equal(frame.kind === 'invalid' && [frame.id, frame.error], [
      7,
      {
        code: INVALID_PARAMS,
        message: 'Expected at most 200000 values in a message; it was not read',
        data: { code: 'json.too-many-values' },
      },
    ]);
  });
}

const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const batch = (members: number, member: string) => `[${Array(members).fill(member).join()}]`;

for (const member of [ping, '1', '[]', '{}', '"a"', '[1,2,3]']) {
  test(`a batch has at most 1,000 members, such as ${member}`, () => {
    const whole = parseFrame(batch(1000, member));
    assert.is(whole.kind === 'batch' && whole.members.length, 1000);
    for (const members of [1001, 5000, 300_000]) {
      const frame = parseFrame(batch(members, member));
      assert.equal(frame, {
        kind: 'invalid',
        error: {
          code: INVALID_REQUEST,
          message: 'Expected at most 1000 messages in a batch; none was read',
          data: { code: 'batch.too-long' },
        },
      });
    }
  });
}

for (const [what, text, kind] of [
  ['a number of 2 MB', `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":${'1'.repeat(2e6)}}}`, 'request'],
  [
    'a string of 2 MB',
    `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":"${'x'.repeat(2e6)}"}}`,
    'request',
  ],
  [
    'escapes of 2 MB',
    `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":"${'\\"'.repeat(1e6)}"}}`,
    'request',
  ],
  [
    'lone surrogates',
    `{"jsonrpc":"2.0","id":7,"method":"x","params":{"a":"${'\ud800'.repeat(7e5)}"}}`,
    'request',
  ],
  ['2 MB of space in front', `${' '.repeat(2e6)}${ping}`, 'request'],
  ['2 MB of space behind', `${ping}${' '.repeat(2e6)}`, 'request'],
  ['2 MB of space inside', `{"jsonrpc":"2.0","id":7,"method":"x","params":{${' '.repeat(2e6)}}}`, 'request'],
  ['an unterminated string of 2 MB', `{"jsonrpc":"2.0","id":7,"method":"${'x'.repeat(2e6)}`, 'invalid'],
  ['2 MB of opening quotes', '"'.repeat(2e6), 'invalid'],
  ['2 MB of closing brackets', ']'.repeat(2e6), 'invalid'],
  ['2 MB of commas', ','.repeat(2e6), 'invalid'],
  ['2 MB of opening brackets', '['.repeat(2e6), 'invalid'],
  ['2 MB of opening objects', '{"a":'.repeat(4e5), 'invalid'],
] as const) {
  test(`${what}: ${kind}`, () => {
    assert.is(parseFrame(text).kind, kind);
  });
}

test('the refusal says what was expected and what came', () => {
  const frame = parseFrame('{"jsonrpc":"2.0","id":1.5,"method":"ping"}');
  assert.equal(frame.kind === 'invalid' && frame.error, {
    code: INVALID_REQUEST,
    message: 'Expected "id" to be a string or an integer within ±(2^53 - 1), got a number',
    data: { code: 'request.invalid' },
  });
});

test('an id is a string or a safe integer', () => {
  assert.equal(
    ['', 'a', 0, -1, 2 ** 53 - 1].map((id) => isRequestId(id)),
    Array(5).fill(true),
  );
  assert.equal(
    [2 ** 53, 1.5, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, true, {}, [], 1n].map((id) =>
      isRequestId(id),
    ),
    Array(10).fill(false),
  );
});

test.run();
