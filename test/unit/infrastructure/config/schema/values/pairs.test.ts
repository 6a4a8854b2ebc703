import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import {
  headers,
  pairs,
  readPairs,
} from '../../../../../../src/infrastructure/config/schema/values/pairs.ts';

const test = suite('pairs of names and texts');

for (const [text, expected] of [
  ['a=1,b=2', { a: '1', b: '2' }],
  [' a = 1 , b = 2 ,', { a: '1', b: '2' }],
  ['a=1\nb=2\n', { a: '1', b: '2' }],
  // https://github.com/open-telemetry/opentelemetry-js/issues/4041: nobody encodes the end of base64.
  ['authorization=Basic dXNlcjpwYXNz==', { authorization: 'Basic dXNlcjpwYXNz==' }],
  ['Authorization=Basic%20dXNlcjpwYXNz%3D%3D', { Authorization: 'Basic dXNlcjpwYXNz==' }],
  ['x-sentry-auth=sentry sentry_key=abc', { 'x-sentry-auth': 'sentry sentry_key=abc' }],
  ['fields=a%2Cb', { fields: 'a,b' }],
  ['load=100%,b=2', { load: '100%', b: '2' }],
  ['a=', { a: '' }],
  ['a=x+y', { a: 'x+y' }],
  ['fields=a,b', undefined],
  ['a', undefined],
  ['=1', undefined],
  ['', undefined],
  [',', undefined],
] as const) {
  test(`${JSON.stringify(text)} reads as ${JSON.stringify(expected)}`, () => {
    assert.equal(readPairs(text), expected);
  });
}

test('values that YAML reads as numbers and words are texts', () => {
  assert.equal(v.parse(pairs('names to values'), { team: 7, on: true, part: ' x ' }), {
    team: '7',
    on: 'true',
    part: 'x',
  });
});

for (const [what, value] of [
  ['a name without text in it', { '': 'x' }],
  ['a line break', { a: 'x\ny' }],
  ['a mapping in it', { a: {} }],
  ['a text alone', 'a'],
] as const) {
  test(`${what} is no pair`, () => {
    assert.not(v.is(pairs('names to values'), value));
  });
}

for (const [name, value] of [
  ['x-tenant', 'acme'],
  ['Authorization', 'Bearer a.b'],
] as const) {
  test(`${name}: ${value} is a header`, () => {
    assert.ok(v.is(headers(), { [name]: value }));
  });
}

for (const [name, value] of [
  ['content-type', 'text/plain'],
  ['Content-Length', '1'],
  ['grpc-timeout', '1S'],
  ['host', 'x'],
  ['connection', 'close'],
  [':path', '/'],
  ['x y', 'a'],
  ['x', 'é'],
  ['x', ''],
] as const) {
  test(`${name}: ${JSON.stringify(value)} is no header that can be set`, () => {
    assert.not(v.is(headers(), { [name]: value }));
  });
}

test.run();
