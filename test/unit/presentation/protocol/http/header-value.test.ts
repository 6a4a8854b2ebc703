import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeHeaderValue } from '../../../../../src/presentation/protocol/http/header-value.ts';

const test = suite('header-value');

const wrapped = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;

for (const [what, value, decoded] of [
  ['a value as it stands', 'us-west1', 'us-west1'],
  ['a value without the white space around it', ' \tus west1\t ', 'us west1'],
  ['an empty value', '', ''],
  ['base64', wrapped('Grüße, 世界 🚀'), 'Grüße, 世界 🚀'],
  ['base64 of nothing', wrapped(''), ''],
  ['white space inside base64', wrapped(' both '), ' both '],
  ['what only begins like base64', '=?base64?SGVsbG8=', '=?base64?SGVsbG8='],
  ['what only ends like base64', 'SGVsbG8=?=', 'SGVsbG8=?='],
  ['base64 without its padding', '=?base64?SGVsbG8?=', undefined],
  ['characters that are no base64', '=?base64?SGVs!!!bG8=?=', undefined],
  ['padding in the middle', '=?base64?SG=sbG8=?=', undefined],
  ['the alphabet of URLs', '=?base64?__--?=', undefined],
] as const) {
  test(`the decoder reads ${what}`, () => {
    assert.is(decodeHeaderValue(value), decoded);
  });
}

test.run();
