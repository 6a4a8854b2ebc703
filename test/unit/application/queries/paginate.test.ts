import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { paginate } from '../../../../src/application/queries/paginate.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';

const test = suite('paginate');

const letters = ['a', 'b', 'c', 'd', 'e'];
const page = (entries: readonly string[], request: { after?: string; limit: number }) =>
  paginate(entries, (entry) => `key ${entry}`, request);

for (const [what, entries, request, items, next] of [
  ['the whole list when it fits', letters, { limit: 10 }, letters, undefined],
  ['the whole list when it just fits', letters, { limit: 5 }, letters, undefined],
  ['the first page and where to go on', letters, { limit: 2 }, ['a', 'b'], 'key b'],
  ['a page in the middle', letters, { after: 'key b', limit: 2 }, ['c', 'd'], 'key d'],
  ['the last page, and no way on', letters, { after: 'key d', limit: 2 }, ['e'], undefined],
  ['nothing after the last entry', letters, { after: 'key e', limit: 2 }, [], undefined],
  ['nothing of nothing', [], { limit: 2 }, [], undefined],
] as const) {
  test(`paging gives ${what}`, () => {
    assert.equal(page(entries, request), next === undefined ? { items } : { items, next });
  });
}

for (const after of ['', 'a', 'key z', '__proto__']) {
  test(`paging refuses to go on after ${JSON.stringify(after)}, which is no key`, () => {
    assert.throws(
      () => page(letters, { after, limit: 2 }),
      (error: unknown) =>
        error instanceof DomainError && error.code === 'cursor.invalid' && error.kind === 'invalid',
    );
  });
}

test('the pages make up the list, whatever their size', async () => {
  const entries = fc.uniqueArray(fc.string(), { maxLength: 30 });
  await fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 40 }), (list, limit) => {
      const seen: string[] = [];
      let request: { after?: string; limit: number } = { limit };
      for (;;) {
        const { items, next } = page(list, request);
        assert.ok(items.length <= limit);
        seen.push(...items);
        if (next === undefined) break;
        assert.is(items.length, limit, 'only the last page is short');
        request = { after: next, limit };
      }
      assert.equal(seen, list);
    }),
  );
});

test.run();
