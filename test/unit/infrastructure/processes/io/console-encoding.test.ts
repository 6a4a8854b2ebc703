import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decoderOf } from '../../../../../src/infrastructure/processes/io/console-encoding.ts';
import { decodeOutput } from '../../../../../src/infrastructure/processes/io/decode-output.ts';

const test = suite('console-encoding');

const read = async (encoding: string, bytes: string) =>
  decodeOutput([Buffer.from(bytes, 'hex')], await decoderOf(encoding));

for (const [encoding, bytes, text] of [
  ['cp437', '636166820d0a', 'café\r\n'],
  ['cp850', '849481e19b', 'äöüßø'],
  ['cp852', '88a59f', 'łąč'],
  ['cp855', 'e1e2', 'рР'],
  ['cp857', '98a7', 'İğ'],
  ['cp858', 'd5', '€'],
  ['cp862', '8081', 'אב'],
  ['cp720', 'a8a7', 'ذد'],
  ['cp737', '8081', 'ΑΒ'],
  ['cp775', '84', 'ä'],
  ['ibm866', '8fe0a8', 'При'],
  ['shift_jis', '93fa967b', '日本'],
  ['gbk', 'd6d0cec4', '中文'],
  ['big5', 'a4a4a4e5', '中文'],
  ['euc-kr', 'c7d1b1db', '한글'],
] as const)
  test(`${encoding} is read`, async () => {
    const { texts, invalidBytes } = await read(encoding, bytes);
    assert.equal([texts, invalidBytes], [[text], 0]);
  });

test('bytes that a code page has no character for are counted', async () => {
  assert.equal(await read('cp857', 'd541'), { texts: ['\ufffdA'], encoding: 'cp857', invalidBytes: 1 });
});

test('a code page that nobody knows reads nothing', async () => {
  for (const encoding of ['cp0', 'cp437x', 'cpgreek'])
    assert.is(await decoderOf(encoding), undefined, encoding);
});

test('output in UTF-8 stays that', async () => {
  assert.equal(await read('cp437', 'c3a9'), { texts: ['é'], invalidBytes: 0 });
});

test.run();
