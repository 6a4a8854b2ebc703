import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { maskWord, unitIn } from '../../../../src/domain/telemetry/log-masks.ts';

const test = suite('log masks');

const masked: readonly [kind: string, word: string, text: string][] = [
  ['number', '42', '<*>'],
  ['number with its sign', '-529.0,', '<*>,'],
  ['number after a name', 'totalCalories=126775', 'totalCalories=<*>'],
  ['number after an underscore', 'blk_-1608999687919862906', 'blk_<*>'],
  ['number in brackets', '[pid:12]', '[pid:<*>]'],
  ['grouped number', '1,234,567', '<*>'],
  ['bound', '<1', '<*>'],
  ['number with its unit', '5.25ms;', '<*>;'],
  ['duration of several units', '1h30m', '<*>'],
  ['per cent', '99.5%', '<*>'],
  ['version', 'v=1.2.3rc1', 'v=<*>'],
  ['IPv4 address', '10.0.3.4', '<*>'],
  ['IPv4 address and port', '/10.250.19.102:50010', '/<*>'],
  ['IPv4 address before a word', '10.251.71.97:50010:Got', '<*>:Got'],
  ['host and port', 'proxy.cse.cuhk.edu.hk:5070', '<*>'],
  ['host with numbers and port', '2052.flash2-http.qq.com:80', '<*>'],
  ['number too long for a port', 'cart.local:1234567', 'cart.local:<*>'],
  ['source file and line', '(main.go:12)', '(main.go:<*>)'],
  ['class and line', 'Server.java:12', 'Server.java:<*>'],
  ['IPv6 address', '[fe80::1ff:fe23:4567:890a]', '[<*>]'],
  ['MAC address', 'FF:F2:9F:16:E2:23:00:0D', '<*>'],
  ['UUID', 'req-9bc36dd9-91c5-4314-898a-47625eb93b09', 'req-<*>'],
  ['prefixed hexadecimal', 'flags=0x1F,', 'flags=<*>,'],
  ['hexadecimal', 'Token{9f4ef63', 'Token{<*>'],
  ['clock time', '16:48:42.424', '<*>'],
  ['date and time', '2023-01-29T08:43:25.207Z', '<*>'],
  ['date and time with its zone', '2023-01-29T08:43:25+07:00', '<*>'],
  ['date', '06/10/2013', '<*>'],
  ['digits after letters', 'eth0', 'eth0'],
  ['digits before letters that are no unit', '5xx', '5xx'],
  ['short hexadecimal', 'a1f', 'a1f'],
  ['letters of hexadecimal', 'deadbeef', 'deadbeef'],
];

for (const [kind, word, text] of masked)
  test(`${kind}: ${word} is masked as ${text}`, () => {
    assert.is(maskWord(word).text, text);
  });

test('a size in brackets is told, with what follows it', () => {
  assert.equal(maskWord('(564KB),'), { text: ',', wantsUnit: false, isSize: true });
  assert.is(maskWord('(564ms)').isSize, false);
});

test('only a bare number at the end wants a unit', () => {
  const wanting = ['12', 'size=12', '12,', '12ms', '0x12', 'a12'].filter((word) => maskWord(word).wantsUnit);
  assert.equal(wanting, ['12', 'size=12']);
});

test('a unit is told from other words', () => {
  assert.equal(
    ['ms', 'KB),', 'seconds.', 'sent', 's/he', 'msx', ''].map((word) => unitIn(word)),
    [
      { isData: false, rest: '' },
      { isData: true, rest: '),' },
      { isData: false, rest: '.' },
      undefined,
      undefined,
      undefined,
      undefined,
    ],
  );
});

test.run();
