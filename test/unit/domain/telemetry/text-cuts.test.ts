import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cutTexts } from '../../../../src/domain/telemetry/text-cuts.ts';

const test = suite('text cuts');

const long = 'x'.repeat(5000);

test('a text in a list is cut at 300 characters and says how long it was', () => {
  assert.equal(cutTexts(['x'.repeat(300), 'y'.repeat(301)]), {
    value: ['x'.repeat(300), `${'y'.repeat(300)}… (301 characters)`],
    cuts: 1,
  });
  assert.equal(cutTexts({ body: 'y'.repeat(301) }, true).cuts, 1);
  assert.equal(cutTexts([{ body: long }, [long]]).cuts, 2);
});

test('another text is cut at 4 KiB', () => {
  const { value, cuts } = cutTexts({ message: long, small: 'x'.repeat(4096) });
  assert.is(cuts, 1);
  assert.is(value.small, 'x'.repeat(4096));
  assert.is(value.message, `${'x'.repeat(4096)}… (5000 characters)`);
});

test('no text is longer than it may be, in whole characters', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6000, size: 'max' });
  fc.assert(
    fc.property(text, (given) => {
      const mark = ` (${given.length} characters)`.length + 3;
      const { value, cuts } = cutTexts({ text: given });
      assert.ok(Buffer.byteLength(value.text) <= 4096 + mark);
      assert.is(cuts === 0, value.text === given);
      const [inList = ''] = cutTexts([given]).value;
      assert.ok(inList.length <= 301 + mark);
      if (given.isWellFormed()) assert.ok(value.text.isWellFormed() && inList.isWellFormed());
    }),
  );
});

test('what is short stays as it is, members without a value are left out, and depth is bounded', () => {
  const value = { a: [1, null, true, 'x'], b: { c: undefined, d: -0.5 } };
  assert.equal(cutTexts(value), { value: { a: [1, null, true, 'x'], b: { d: -0.5 } }, cuts: 0 });
  let deep: unknown = 'end';
  for (let level = 0; level < 10_000; level++) deep = [deep];
  const { value: shown, cuts } = cutTexts(deep as string[]);
  assert.is(cuts, 1);
  assert.match(JSON.stringify(shown), /^\[+"…"\]+$/);
});

test.run();
