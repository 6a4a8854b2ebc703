import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';
import { encodePage, pageRequest } from '../../../../src/presentation/protocol/cursor.ts';

const test = suite('cursor');

const cursorAfter = (list: string, key: string): string => {
  const { nextCursor } = encodePage(list, { items: [], next: key }, () => ({})) as { nextCursor: string };
  return nextCursor;
};

const isRefused = (read: () => unknown): boolean => {
  try {
    read();
    return false;
  } catch (error) {
    return error instanceof DomainError && error.code === 'cursor.invalid';
  }
};

test('a page is its entries under the name of the list', () => {
  const page = { items: ['a', 'b'] };
  assert.equal(
    encodePage('tools', page, (name) => ({ name })),
    { tools: [{ name: 'a' }, { name: 'b' }] },
  );
});

test('a page that isn’t the last says where to go on', () => {
  const encoded = encodePage('tools', { items: ['a'], next: 'a' }, (name) => ({ name }));
  assert.equal(Object.keys(encoded), ['tools', 'nextCursor']);
});

test('without a cursor it is the first page', () => {
  assert.equal(pageRequest('tools', undefined, 50), { limit: 50 });
  assert.equal(pageRequest('tools', {}, 50), { limit: 50 });
});

test('a cursor that is longer than any of ours is not looked into', () => {
  const cursor = cursorAfter('tools', 'k'.repeat(20_000));
  assert.ok(isRefused(() => pageRequest('tools', { cursor }, 50)));
});

const key = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'a\n%+/=-_\0é€😀') }),
  fc.webUrl(),
);

test('any key comes back', async () => {
  await fc.assert(
    fc.property(
      key.filter((text) => text.isWellFormed()),
      (text) => {
        const cursor = cursorAfter('tools', text);
        assert.match(cursor, /^[A-Za-z0-9_-]*$/);
        assert.equal(pageRequest('tools', { cursor }, 50), { after: text, limit: 50 });
      },
    ),
  );
});

test('a cursor is for its own list only', async () => {
  await fc.assert(
    fc.property(fc.string(), (text) => {
      const cursor = cursorAfter('tools', text);
      for (const list of ['prompts', 'resources', 'resourceTemplates', 'tool', 'tools\n', '']) {
        assert.ok(isRefused(() => pageRequest(list, { cursor }, 50)));
      }
    }),
  );
});

test('any other text is refused', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.base64String(),
    fc.constantFrom('', 'zzz', '__proto__'),
  );
  await fc.assert(
    fc.property(text, (cursor) => assert.ok(isRefused(() => pageRequest('tools', { cursor }, 50)))),
  );
});

test('a cursor that was changed anywhere is refused, or is another key’s', async () => {
  await fc.assert(
    fc.property(fc.string(), fc.nat(), fc.string({ maxLength: 2 }), (text, place, change) => {
      const cursor = cursorAfter('tools', text);
      const at = place % (cursor.length + 1);
      const changed = cursor.slice(0, at) + change + cursor.slice(at + 1);
      if (changed === cursor || isRefused(() => pageRequest('tools', { cursor: changed }, 50))) return;
      const { after } = pageRequest('tools', { cursor: changed }, 50) as { after: string };
      assert.is(cursorAfter('tools', after), changed);
    }),
  );
});

for (const [what, changed] of [
  ['padding', (cursor: string) => `${cursor}=`],
  ['white space', (cursor: string) => ` ${cursor}\n`],
  ['the other alphabet', (cursor: string) => cursor.replaceAll('-', '+').replaceAll('_', '/')],
] as const) {
  test(`a cursor with ${what} isn’t one of ours`, () => {
    const cursor = cursorAfter('tools', '???>>>~~~');
    const other = changed(cursor);
    assert.is(other === cursor, false, 'the change must change something');
    assert.ok(isRefused(() => pageRequest('tools', { cursor: other }, 50)));
  });
}

for (const cursor of [5, {}, [], ['x']]) {
  test(`${JSON.stringify(cursor)} is no cursor`, () => {
    assert.throws(
      () => pageRequest('tools', { cursor }, 50),
      (error: unknown) => error instanceof RpcError && error.code === -32602,
    );
  });
}

test.run();
