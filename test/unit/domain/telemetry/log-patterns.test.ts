import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findLogPatterns } from '../../../../src/domain/telemetry/log-patterns.ts';

const test = suite('log patterns');

const textsOf = (lines: readonly string[]) =>
  findLogPatterns(lines).patterns.map(({ text, count }) => `${count} ${text}`);

const times = (count: number, line: string) => new Array<string>(count).fill(line);

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** A word of letters for each number. */
const nameOf = (index: number): string =>
  (index >= 26 ? nameOf(Math.floor(index / 26) - 1) : '') + letters[index % 26];

const grouped: readonly [kind: string, lines: readonly string[], patterns: readonly string[]][] = [
  [
    'values',
    ['connected to 10.0.0.1:80 after 12 ms', 'connected to 10.0.0.2:443 after 1.5 s'],
    ['2 connected to <*> after <*>'],
  ],
  [
    'paths and hosts',
    ['GET /api/cart from a.example.com', 'GET /api/orders/7 from b.example.com'],
    ['2 GET <*> from <*>'],
  ],
  ['named values', ['acquire lock=a/1, tag=x', 'acquire lock=b/2, tag=x'], ['2 acquire lock=<*> tag=x']],
  [
    'sizes for people',
    ['close, 466 bytes sent, lifetime <1 sec', 'close, 7829 bytes (7.64 KB) sent, lifetime 00:18'],
    ['2 close, <*> sent, lifetime <*>'],
  ],
  [
    'dates',
    ['started at Fri Jun 17 07:07:00 2005', 'started at Sat Jul 2 08:00:00 2005'],
    ['2 started at <*> <*> <*>'],
  ],
  ['colours', ['\u001b[31mfailed\u001b[0m 1', 'failed 2'], ['2 failed <*>']],
  ['control characters', ['failed\u0000\t 1\r\n', 'failed 2'], ['2 failed <*>']],
  [
    'two words, which say different things',
    [...times(3, 'the payment of 5 EUR succeeded'), ...times(2, 'the payment of 7 EUR failed')],
    ['3 the payment of <*> EUR succeeded', '2 the payment of <*> EUR failed'],
  ],
  [
    'classes of errors',
    [
      ...times(2, 'call of stock failed with java.io.IOException'),
      ...times(2, 'call of stock failed with java.lang.OutOfMemoryError'),
    ],
    [
      '2 call of stock failed with java.io.IOException',
      '2 call of stock failed with java.lang.OutOfMemoryError',
    ],
  ],
  [
    'a word that two of a hundred lines have',
    [...times(100, 'user cyrus opened a new session'), ...times(2, 'user root opened a new session')],
    ['102 user <*> opened a new session'],
  ],
  [
    'messages of JSON',
    [
      '{"level":"error","ts":1.5,"msg":"order failed","id":7}',
      '{"level":"error","ts":2.5,"msg":"order failed","id":8}',
    ],
    ['2 {"level":"error", "ts":<*>, "msg":"order failed", "id":<*>}'],
  ],
  [
    'values that are alike, which make no lines alike',
    ['1 2 3 4 via HTTPS', '1 2 3 4 via SOCKS5'],
    ['1 <*> <*> <*> <*> via HTTPS', '1 <*> <*> <*> <*> via SOCKS5'],
  ],
  ['lines without words', ['', '  ', '\n'], ['3 ']],
  ['other scripts', ['платёж отклонён 5', 'платёж отклонён 6'], ['2 платёж отклонён <*>']],
  [
    'other lengths',
    ['session opened for user root', 'session opened for user root by 0'],
    ['1 session opened for user root', '1 session opened for user root by <*>'],
  ],
];

for (const [kind, lines, patterns] of grouped)
  test(`${kind}: the lines are grouped as ${patterns.join(' | ')}`, () => {
    assert.equal(textsOf(lines), patterns);
  });

test('many words at one place are names, at the beginning too', () => {
  const lines = Array.from({ length: 500 }, (_, at) => `${nameOf(at)} has logged in again`);
  assert.equal(textsOf(lines), ['500 <*> has logged in again']);
});

test('many words at one place of a short line are names', () => {
  const lines = Array.from({ length: 500 }, (_, at) => `loading ${nameOf(at)}`);
  assert.equal(textsOf(lines), ['500 loading <*>']);
});

test('lines of one template are told from those of others after a split', () => {
  const { patterns } = findLogPatterns([
    ...times(2, 'cache of the cart opened'),
    ...times(2, 'cache of the cart closed'),
    'disk full',
  ]);
  const [opened, closed, disk] = patterns.map(({ template }) => template);
  assert.is(opened, closed);
  assert.is.not(opened, disk);
});

test('a line of a megabyte is grouped by its beginning', () => {
  const long = (end: string) => `upload failed: ${'x'.repeat(1 << 20)} ${end}`;
  const { patterns, patternOf } = findLogPatterns([long('a'), long('b')]);
  assert.equal(patternOf, [0, 0]);
  assert.ok((patterns[0]?.text.length ?? 0) <= 2000);
});

test('half of a surrogate pair does not get out', () => {
  const [pattern] = findLogPatterns([`broken ${'\ud83d'} emoji`]).patterns;
  assert.ok(pattern?.text.isWellFormed());
});

test('a hundred thousand different lines make no more patterns than there is room for, and the rest is told', () => {
  const line = (at: number) =>
    Array.from({ length: 6 }, (_, word) => nameOf(at * 7 + word * 100_003)).join(' ');
  const { patterns, patternOf } = findLogPatterns(Array.from({ length: 100_000 }, (_, at) => line(at)));
  assert.ok(patterns.length <= 2000, `${patterns.length} patterns`);
  assert.is(patternOf.length, 100_000);
  const counted = patterns.reduce((sum, { count }) => sum + count, 0);
  assert.is(counted + patternOf.filter((pattern) => pattern === -1).length, 100_000);
});

test('different lines with one beginning make no more patterns than their comparing may take', () => {
  const lines = Array.from({ length: 2000 }, (_, at) =>
    ['start', ...[3, 5, 7, 11].map((factor) => nameOf(at * factor * 1009))].join(' '),
  );
  assert.ok(findLogPatterns(lines).patterns.length <= 100);
});

test('a cluster is split at three places at most', () => {
  const isOff = (at: number, place: number) => place % 5 === 0 && (at >> (place / 5)) & 1;
  const lines = Array.from({ length: 512 }, (_, at) =>
    Array.from({ length: 45 }, (_, place) => (isOff(at, place) ? 'off' : 'on')).join(' '),
  );
  assert.ok(findLogPatterns(lines).patterns.length < 512);
});

test.run();
