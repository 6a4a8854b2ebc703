import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AesGcmStateSealer } from '../../../../src/infrastructure/sealing/aes-gcm-state-sealer.ts';

const test = suite('aes-gcm-state-sealer');

const TEN_MINUTES = 600_000;

for (const [what, passed, opened] of [
  ['at once', 0, '{}'],
  ['a moment before ten minutes have passed', TEN_MINUTES - 1, '{}'],
  ['not when ten minutes have passed', TEN_MINUTES, undefined],
  ['not a day later', 86_400_000, undefined],
] as const) {
  test(`the sealer opens ${what}`, async () => {
    let now = Date.UTC(2026, 0, 1);
    const sealer = new AesGcmStateSealer('secret', () => now);
    const sealed = await sealer.seal('{}', 'for this');
    now += passed;
    assert.is((await sealer.open(sealed, 'for this'))?.payload, opened);
  });
}

test('each state has its own ten minutes', async () => {
  let now = 0;
  const sealer = new AesGcmStateSealer('secret', () => now);
  const early = await sealer.seal('early', 'a');
  now += TEN_MINUTES - 1;
  const late = await sealer.seal('late', 'a');
  now += 1;
  const opened = [await sealer.open(early, 'a'), await sealer.open(late, 'a')];
  assert.equal(
    opened.map((state) => state?.payload),
    [undefined, 'late'],
  );
});

test('a secret of bytes is the same as its text', async () => {
  const sealed = await new AesGcmStateSealer('secret').seal('{}', 'a');
  assert.is((await new AesGcmStateSealer(Buffer.from('secret')).open(sealed, 'a'))?.payload, '{}');
});

test('a secret is a secret whole: its beginning opens nothing', async () => {
  const sealed = await new AesGcmStateSealer('secret').seal('{}', 'a');
  assert.is(await new AesGcmStateSealer('secre').open(sealed, 'a'), undefined);
});

test('no two nonces are the same', async () => {
  const sealer = new AesGcmStateSealer('secret');
  const nonces = new Set<string>();
  for (let n = 0; n < 1000; n++) nonces.add((await sealer.seal('', '')).slice(0, 16));
  assert.is(nonces.size, 1000);
});

test.run();
