import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SwapLoop } from './swap-loop.ts';
import { failureOf, TreeFixture } from './tree-fixture.ts';

/** With sensitive places in the tree, each directory is decided upon by itself; without, a worker goes on by itself. */
for (const sensitive of [['secrets'], []]) {
  const test = suite<{ fixture: TreeFixture }>(
    `file tree: search by content, ${sensitive.length} sensitive places`,
  );
  test.before.each((context) => {
    context.fixture = new TreeFixture(sensitive);
  });
  test.after.each(({ fixture }) => fixture.remove());

  test('tells the number and the text of each line that matches, each once', async ({ fixture }) => {
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

  test('gives the lines around a match', async ({ fixture }) => {
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

  test('looks only into files that the pattern names', async ({ fixture }) => {
    fixture.write({ 'a.ts': 'needle', 'a.md': 'needle', 'src/b.ts': 'needle' });
    assert.equal(await fixture.found('src/*.ts', { content: 'needle' }), ['src/b.ts']);
  });

  test('passes binary and huge files over and counts them', async ({ fixture }) => {
    fixture.write({
      binary: Buffer.from('needle\0'),
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

  test('cuts long lines around the match', async ({ fixture }) => {
    fixture.write({ f: `${'x'.repeat(5000)}needle${'y'.repeat(5000)}\n` });
    const [match] = (await fixture.search({ content: 'needle' })).matches;
    assert.match(match?.text as string, /^…x+needley+…$/);
    assert.is(match?.text?.length, 502);
  });

  test('opens no pipe', async ({ fixture }) => {
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

  test('says what is wrong with an expression, in the words of the engine', async ({ fixture }) => {
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
    let turns = 0;
    const turn = setInterval(() => {
      turns += 1;
    }, 10);
    const failure = await slow;
    clearInterval(turn);
    assert.is(failure.code, 'search.timeout');
    assert.match(failure.message, /2 s.*"pattern"/);
    assert.ok(turns > 10, `the loop turned ${turns} times meanwhile`);
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

  test('shows no line of another directory while a link takes turns with a folder', async ({ fixture }) => {
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
