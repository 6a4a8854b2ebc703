import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TreeFixture } from './tree-fixture.ts';

/** Without links and pipes, so that every system can run it: Windows spells real paths in a way of its own. */
for (const sensitive of [['secrets'], []]) {
  const test = suite<{ fixture: TreeFixture }>(
    `file tree: search on all levels, ${sensitive.length} sensitive places`,
  );
  test.before.each((context) => {
    context.fixture = new TreeFixture(sensitive);
    context.fixture.write({ 'a.txt': 'needle', 'sub/b.txt': 'needle', 'sub/sub/sub/c.txt': 'needle' });
  });
  test.after.each(({ fixture }) => fixture.remove());

  const all = ['a.txt', 'sub/b.txt', 'sub/sub/sub/c.txt'];
  for (const isRepository of [false, true]) {
    const where = isRepository ? 'a repository' : 'no repository';
    test(`a search finds lines on every level of ${where}`, async ({ fixture }) => {
      if (isRepository) fixture.repository('.');
      assert.equal(await fixture.found('*', { content: 'needle' }), all);
      assert.equal(await fixture.found('**/*.txt', { content: 'n[e]{2}dle' }), all);
      assert.equal(await fixture.found('*.txt'), all);
    });

    test(`a search finds lines from a folder within ${where}`, async ({ fixture }) => {
      if (isRepository) fixture.repository('.');
      assert.equal(await fixture.found('*', { content: 'needle', path: 'sub' }), ['b.txt', 'sub/sub/c.txt']);
    });
  }

  test.run();
}
