// deadline: 400
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../support/failure.ts';
import { SwapLoop } from './swap-loop.ts';
import { TreeFixture } from './tree-fixture.ts';

/** With sensitive places in the tree, each directory is decided upon by itself; without, a worker goes on by itself. */
for (const sensitive of [['secrets'], []]) {
  const test = suite<{ fixture: TreeFixture }>(
    `file tree: search by content, ${sensitive.length} sensitive places`,
  );
  test.before.each((context) => {
    context.fixture = new TreeFixture(sensitive);
  });
  test.after.each(({ fixture }) => fixture.remove());

  test('a search tells the number and the text of each line that matches, each once', async ({ fixture }) => {
    fixture.write({
      'b.txt': 'one\ntwo two\nthree\n',
      'a/a.txt': 'two\r\n\r\nnot 2\r\ntwo',
      'c.txt': 'none',
    });
    assert.equal((await fixture.search({ content: 'tw.' })).matches, [
      { path: 'a/a.txt', line: 1, text: 'two' },
      { path: 'a/a.txt', line: 4, text: 'two' },
      { path: 'b.txt', line: 2, text: 'two two' },
    ]);
  });

  test('anchors are the ends of a line, and no match crosses them', async ({ fixture }) => {
    fixture.write({ f: 'one\r\ntwo\nthree\n\nfive' });
    const lines = async (content: string) =>
      (await fixture.search({ content })).matches.map(({ line }) => line);
    assert.equal(await lines('^two$'), [2]);
    assert.equal(await lines('e$'), [1, 3, 5]);
    assert.equal(await lines('one\\s+two'), []);
    assert.equal(await lines('[^x]+three'), []);
    assert.equal(await lines('^$'), [4]);
    assert.equal(await lines('^'), [1, 2, 3, 4, 5]);
    assert.equal(await lines('o(?!\\s)'), [1, 2]);
    assert.equal(await lines('(?<!\\s)f'), [5]);
  });

  test('a search gives the lines around a match', async ({ fixture }) => {
    fixture.write({ f: '1\n2\n3\n4\n5\n' });
    const { matches } = await fixture.search({ content: '[25]', contextLines: 2 });
    assert.equal(matches, [
      { path: 'f', line: 2, text: '2', before: ['1'], after: ['3', '4'] },
      { path: 'f', line: 5, text: '5', before: ['3', '4'] },
    ]);
  });

  test('case counts unless it is told not to', async ({ fixture }) => {
    fixture.write({ f: 'Needle\nneedle\nÉté\n' });
    assert.is((await fixture.search({ content: 'needle' })).matches.length, 1);
    assert.is((await fixture.search({ content: 'needle', caseSensitive: false })).matches.length, 2);
    assert.is((await fixture.search({ content: 'été', caseSensitive: false })).matches.length, 1);
  });

  test('a search looks only into files that the pattern names', async ({ fixture }) => {
    fixture.write({ 'a.ts': 'needle', 'a.md': 'needle', 'src/b.ts': 'needle' });
    assert.equal(await fixture.found('src/*.ts', { content: 'needle' }), ['src/b.ts']);
  });

  test('a search passes binary and huge files over and counts them', async ({ fixture }) => {
    fixture.write({
      binary: Buffer.from('needle\0\0\0\0\0'),
      huge: `needle${'x'.repeat(9 * 1024 * 1024)}`,
      large: `${'line\n'.repeat(200_000)}needle\n`,
      latin1: Buffer.from('needle \xe9', 'latin1'),
      mark: '\ufeffneedle',
      empty: '',
    });
    const report = await fixture.search({ content: '^needle' });
    assert.equal(report.matches, [
      { path: 'large', line: 200_001, text: 'needle' },
      { path: 'latin1', line: 1, text: 'needle \ufffd' },
      { path: 'mark', line: 1, text: 'needle' },
    ]);
    assert.equal({ ...report.skipped }, { binary: 1, too_large: 1 });
  });

  test('text of every encoding is searched by its mark, what has none and is no text is counted', async ({
    fixture,
  }) => {
    const text = 'one\r\ntwo é😀 needle\nthree\n';
    const wide = Buffer.from(text, 'utf16le');
    const points = [...text].map((character) => character.codePointAt(0) as number);
    const four = (write: 'writeUInt32LE' | 'writeUInt32BE') => {
      const bytes = Buffer.alloc(points.length * 4);
      for (const [at, point] of points.entries()) bytes[write](point, at * 4);
      return bytes;
    };
    const withMark = (mark: string, bytes: Buffer) => Buffer.concat([Buffer.from(mark, 'hex'), bytes]);
    fixture.write({
      'utf-8': text,
      'utf-8-mark': withMark('efbbbf', Buffer.from(text)),
      'utf-16le': withMark('fffe', wide),
      'utf-16be': withMark('feff', Buffer.from(wide).swap16()),
      'utf-32le': withMark('fffe0000', four('writeUInt32LE')),
      'utf-32be': withMark('0000feff', four('writeUInt32BE')),
      'with-a-nul': Buffer.from(text.replace('one', 'o\0e')),
      'z-unmarked': wide,
      'z-binary': Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 167) % 256)),
      'z-odd': withMark('fffe', Buffer.concat([wide, Buffer.from('x')])),
    });
    for (const content of ['needle$', 'é😀 n', 'é. needle']) {
      const report = await fixture.search({ content });
      const found = report.matches.map(({ path, line, text: shown }) => `${path}:${line}:${shown}`);
      const marked = ['utf-16be', 'utf-16le', 'utf-32be', 'utf-32le'];
      assert.equal(
        found,
        [...marked, 'utf-8', 'utf-8-mark', 'with-a-nul', 'z-odd'].map((path) => `${path}:2:two é😀 needle`),
      );
      assert.equal({ ...report.skipped }, { binary: 2 }, content);
    }
  });

  test('a file that is named is searched, ignored or not', async ({ fixture }) => {
    fixture.write({
      '.gitignore': '*.log\n',
      'sub/a.log': 'one\nneedle\n',
      'sub/b.log': 'needle',
      bin: '\0\0\0',
    });
    const path = join(fixture.inside, 'sub/a.log');
    const line = [{ path: 'a.log', line: 2, text: 'needle', before: ['one'] }];
    for (const pattern of ['*', '**', '*.log', 'a.log', '**/*.log'])
      assert.equal(
        (await fixture.search({ path, pattern, content: 'needle', contextLines: 1 })).matches,
        line,
      );
    assert.equal(await fixture.found('*', { path: 'sub/a.log' }), ['a.log']);
    const other = await fixture.search({ path, pattern: '*.ts', content: 'needle' });
    assert.equal(other.matches, []);
    assert.match(other.note as string, /"\*" does/);
    assert.equal({ ...(await fixture.search({ path: 'bin', content: 'x' })).skipped }, { binary: 1 });
    const few = await fixture.search({ path, content: '.', limit: 1 });
    assert.ok(few.truncated && few.matches.length === 1);
  });

  if (process.platform === 'linux')
    test('a file or folder whose name is no UTF-8 hides nothing else', async ({ fixture }) => {
      const raw = (name: string) =>
        Buffer.concat([Buffer.from(`${fixture.inside}/`), Buffer.from(name, 'latin1')]);
      writeFileSync(raw('caf\xe9.txt'), 'needle');
      mkdirSync(raw('d\xe9'));
      fixture.write({ 'a.txt': 'needle' });
      const report = await fixture.search({ content: 'needle' });
      assert.equal(report.matches, [{ path: 'a.txt', line: 1, text: 'needle' }]);
      assert.equal({ ...report.skipped }, { unreadable: 2 });
    });

  for (const [whose, owners, content] of [
    ['another principal', ['other', 'client'], 'needle'],
    ['another client of the same', ['local', 'other'], 'needle'],
    ['the same client, for another expression', ['local', 'client'], 'needle'],
  ] as const)
    test(`300 searches that take for ever let one of ${whose} pass`, async ({ fixture }) => {
      fixture.write({ evil: `${'a'.repeat(40)}!\n`, 'other/a/f': 'needle', 'other/b/f': 'needle' });
      const controller = new AbortController();
      let ended = 0;
      const slow = Array.from({ length: 300 }, async () => {
        await failureOf(fixture.search({ content: '(a+)+$' }, controller.signal));
        ended += 1;
      });
      const path = join(fixture.inside, 'other');
      assert.equal(await fixture.found('**/f', { path, owners, content }), ['a/f', 'b/f']);
      // Two threads: both may be taken when it comes, and one more is begun for each of its two steps.
      assert.ok(ended <= 5, `${ended} had ended`);
      controller.abort();
      await Promise.all(slow);
    });

  test('a search cuts long lines around the match', async ({ fixture }) => {
    fixture.write({ f: `${'x'.repeat(5000)}needle${'y'.repeat(5000)}\n` });
    const [match] = (await fixture.search({ content: 'needle' })).matches;
    assert.match(match?.text as string, /^…x+needley+…$/);
    assert.is(match?.text?.length, 502);
  });

  test('a search opens no pipe', async ({ fixture }) => {
    fixture.write({ f: 'needle' });
    execFileSync('mkfifo', [join(fixture.inside, 'pipe')]);
    assert.equal(await fixture.found('*', { content: 'needle' }), ['f']);
  });

  test('the limit counts lines, in order', async ({ fixture }) => {
    fixture.write({ a: 'x\n'.repeat(10), b: 'x\n'.repeat(10) });
    const report = await fixture.search({ content: 'x', limit: 13 });
    assert.ok(report.truncated);
    assert.equal(report.matches.at(-1), { path: 'b', line: 3, text: 'x' });
    assert.not.ok((await fixture.search({ content: 'x', limit: 20 })).truncated);
  });

  test('a search says what is wrong with an expression, in the words of the engine', async ({ fixture }) => {
    const failure = await failureOf(fixture.search({ content: '(open' }));
    assert.is(failure.code, 'search.content-invalid');
    assert.match(failure.message, /Unterminated group/);
    assert.match((await failureOf(fixture.search({ content: 'one\\ntwo' }))).message, /context_lines/);
    assert.match((await failureOf(fixture.search({ content: '' }))).message, /leave "content" out/);
  });

  test('an expression that takes for ever is ended, delays no other search for long, and the next works', async ({
    fixture,
  }) => {
    fixture.write({ evil: `${'a'.repeat(40)}!\n`, 'other/f': 'needle' });
    const slow = failureOf(fixture.search({ content: '(a+)+$' }));
    const other = fixture.found('*', { path: join(fixture.inside, 'other'), content: 'needle' });
    let iterations = 0;
    const counting = setInterval(() => {
      iterations += 1;
    }, 10);
    const failure = await slow;
    clearInterval(counting);
    assert.is(failure.code, 'search.timeout');
    assert.match(failure.message, /2 s.*"pattern"/);
    assert.ok(iterations > 10, `the loop went round ${iterations} times meanwhile`);
    assert.equal(await other, ['f']);
    assert.equal(await fixture.found('f', { content: 'needle' }), ['other/f']);
  });

  if (process.platform === 'linux')
    test('the thread of an expression that was ended is ended too', async ({ fixture }) => {
      const threads = () => readdirSync('/proc/self/task').length;
      fixture.write({ evil: `${'a'.repeat(40)}!\n` });
      await fixture.found('*', { content: 'a' });
      const before = threads();
      await failureOf(fixture.search({ content: '(a+)+$' }));
      const deadline = Date.now() + 20_000;
      while (threads() >= before && Date.now() < deadline) await delay(20);
      assert.ok(threads() < before);
    });

  test('an expression that has too many states to go back to is ended, and says how to write it', async ({
    fixture,
  }) => {
    fixture.write({ long: 'a'.repeat(3_000_000) });
    const failure = await failureOf(fixture.search({ content: '^((a)|(b))*c' }));
    assert.is(failure.code, 'search.timeout');
    assert.match(failure.message, /more states.*"\[ab\]\*" for/);
    assert.equal(await fixture.found('*', { content: 'aa' }), ['long']);
  });

  test('an expression that takes long on each of many files is ended as well', async ({ fixture }) => {
    const evil = `${'a'.repeat(22)}!\n`;
    fixture.write(Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`f${n}`, evil])));
    assert.is((await failureOf(fixture.search({ content: '(a+)+$' }))).code, 'search.timeout');
  });

  test('a search that is cancelled while its expression runs rejects at once', async ({ fixture }) => {
    fixture.write({ evil: `${'a'.repeat(40)}!\n` });
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const search = failureOf(fixture.search({ content: '(a+)+$' }, controller.signal));
    await new Promise((resolve) => setTimeout(resolve, 300));
    controller.abort(reason);
    assert.is(await search, reason);
  });

  test('a search shows no line of another directory while a link alternates with a folder', async ({
    fixture,
  }) => {
    fixture.write({ same: 'needle secret' }, fixture.outside);
    fixture.write({ 'a/same': 'needle honest' });
    const loop = new SwapLoop(join(fixture.inside, 'a'), fixture.outside, join(fixture.root, 'aside'));
    const found = new Set<string | undefined>();
    for (let round = 0; round < 1000; round++)
      for (const { text } of (await fixture.search({ content: 'needle' })).matches) found.add(text);
    await loop.stop();
    assert.equal([...found], ['needle honest']);
  });

  test.run();
}
