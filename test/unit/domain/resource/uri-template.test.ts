import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { matchUriTemplate, templateVariables } from '../../../../src/domain/resource/uri-template.ts';

const test = suite('uri-template');

for (const [template, uri, variables] of [
  ['test://item/{id}', 'test://item/7', { id: '7' }],
  ['test://{a}/{b}', 'test://x/y', { a: 'x', b: 'y' }],
  ['test://{a}.{b}', 'test://x.y', { a: 'x', b: 'y' }],
  ['test://fixed', 'test://fixed', {}],
  ['file:///{+path}', 'file:///etc/hosts', { path: 'etc/hosts' }],
  ['file:///{+path}', 'file:///a?b#c', { path: 'a?b#c' }],
  ['{+all}', 'anything://at/all', { all: 'anything://at/all' }],
  ['test://{id}/end', 'test://a%2Fb/end', { id: 'a/b' }],
  ['test://{id}', 'test://%E2%82%AC%20%F0%9F%98%80', { id: '€ 😀' }],
  ['test://{id}', 'test://plain€', { id: 'plain€' }],
  ['test://{id}', 'test://a\nb', { id: 'a\nb' }],
  ['test://a.b/{id}', 'test://a.b/1', { id: '1' }],
  ['test://(x)[y]*+?^$|\\/{id}', 'test://(x)[y]*+?^$|\\/1', { id: '1' }],
] as const) {
  test(`${template} gives ${JSON.stringify(uri)}`, () => {
    assert.equal(matchUriTemplate(template, uri), variables);
  });
}

for (const [template, uri] of [
  ['test://item/{id}', 'test://item/'],
  ['test://item/{id}', 'test://item/a/b'],
  ['test://item/{id}', 'test://item/a?b'],
  ['test://item/{id}', 'test://item/a#b'],
  ['test://item/{id}', 'xtest://item/a'],
  ['test://item/{id}', 'TEST://item/a'],
  ['test://item/{id}/x', 'test://item/a/x/'],
  ['test://a.b/{id}', 'test://axb/1'],
  ['test://fixed', 'test://fixed\n'],
  ['file:///{+path}', 'file:///'],
  ['test://{id}', ''],
] as const) {
  test(`${template} never gives ${JSON.stringify(uri)}`, () => {
    assert.is(matchUriTemplate(template, uri), undefined);
  });
}

for (const malformed of ['%', '%2', '%zz', '%ff', 'a%C3', '%ED%A0%80']) {
  test(`the percent-encoding "${malformed}" names nothing`, () => {
    assert.is(matchUriTemplate('test://{id}', `test://${malformed}`), undefined);
    assert.is(matchUriTemplate('test://{+id}', `test://${malformed}`), undefined);
  });
}

test('a variable may have any name without touching a prototype', () => {
  const variables = matchUriTemplate('test://{__proto__}/{constructor}', 'test://a/b');
  assert.equal(Object.entries(variables ?? {}), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  assert.is(({} as Record<string, unknown>)['a'], undefined);
});

test('a template tells the names of its variables, in order', () => {
  assert.equal(templateVariables('test://{a}/{+b_2}/c'), ['a', 'b_2']);
  assert.equal(templateVariables('test://fixed'), []);
});

const name = fc.string({ unit: fc.constantFrom(...'abcXYZ019_'), minLength: 1, maxLength: 8 });
const literal = fc.string({ unit: fc.constantFrom(...'abc.-_~*()[]^$|+?\\:'), minLength: 1, maxLength: 8 });
const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.isWellFormed());

test('what a template was expanded with comes back', async () => {
  const segments = fc.uniqueArray(fc.record({ name, value: text, literal }), {
    selector: (segment) => segment.name,
    maxLength: 5,
  });
  const tail = fc.option(fc.record({ name: name.map((end) => `tail_${end}`), value: text }), {
    nil: undefined,
  });
  await fc.assert(
    fc.property(segments, tail, (parts, last) => {
      const template = parts.map((part) => `${part.literal}/{${part.name}}/`).join('');
      const uri = parts.map((part) => `${part.literal}/${encodeURIComponent(part.value)}/`).join('');
      const expected = parts.map((part) => [part.name, part.value]);
      if (last) expected.push([last.name, last.value]);
      const found = matchUriTemplate(
        last ? `${template}{+${last.name}}` : template,
        last ? `${uri}${encodeURI(last.value)}` : uri,
      );
      assert.equal(found, Object.fromEntries(expected));
    }),
  );
});

test('hostile input is matched or not, and never throws', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'%2f/.?#{}+\ud800') }),
    fc.constant(`test://${'a/'.repeat(50_000)}`),
  );
  await fc.assert(
    fc.property(
      fc.constantFrom('test://{a}/{b}', 'test://{+a}', '{+a}/{b}', '{a}'),
      hostile,
      (template, uri) => {
        const found = matchUriTemplate(template, uri);
        if (found) assert.equal(Object.keys(found), templateVariables(template));
      },
    ),
  );
});

test.run();
