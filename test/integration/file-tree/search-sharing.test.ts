import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SearchTask } from '../../../src/infrastructure/files/search/search-messages.ts';
import { SearchWorkers } from '../../../src/infrastructure/files/search/search-workers.ts';
import { failureOf } from '../../support/failure.ts';
import { TreeFixture } from './tree-fixture.ts';

const test = suite<{ fixture: TreeFixture }>('file tree: searches share the threads');
test.before.each((context) => {
  context.fixture = new TreeFixture([]);
});
test.after.each(({ fixture }) => fixture.remove());

test('a search that gets no thread is given up, and says so; those before it go on', async ({ fixture }) => {
  fixture.write({ evil: `${'a'.repeat(40)}!\n` });
  const workers = new SearchWorkers(200);
  const search = (id: number) => {
    const content = { line: /(a+)+$/, contextLines: 0, limit: 1 };
    const task: SearchTask = {
      ...{ id, root: fixture.inside, above: [], glob: /^/, itself: /^$/, content },
      ...{ comparesPath: false, comparesForms: false, findsDirectories: false, includeIgnored: true },
    };
    return workers.open(task, ['local', 'client', 'x']);
  };
  const failures = await Promise.all(
    [1, 2, 3, 4].map(async (id) => {
      const opened = search(id);
      const failure = await failureOf(opened.files('', ['evil']));
      opened.end(failure);
      return failure;
    }),
  );
  assert.equal(
    failures.map(({ code }) => code),
    ['search.timeout', 'search.timeout', 'search.busy', 'search.busy'],
  );
  assert.match(failures[2]?.message, /waited 0.2 s for a thread.*try again/);
});

test('rules that many stars make slow elsewhere hold nobody up', async ({ fixture }) => {
  fixture.repository('');
  fixture.write({ '.gitignore': `${'*a'.repeat(60)}b\n**/${'*/**/'.repeat(30)}x\n` });
  fixture.write({ [`${'d/'.repeat(60)}${'a'.repeat(200)}`]: '' });
  assert.is((await fixture.found('a*')).length, 1);
});

test('an expression that nothing can interrupt costs two threads more, and does not outlive the process', async ({
  fixture,
}) => {
  fixture.write({ many: 'a'.repeat(3_000_000) });
  const stuck = join(import.meta.dirname, 'stuck-search.ts');
  const { stdout, signal } = spawnSync(process.execPath, [stuck, fixture.inside], { timeout: 60_000 });
  assert.equal(JSON.parse(String(stdout)), [...Array(4).fill('search.timeout'), 'search.busy']);
  // Windows tells of none.
  assert.is(signal, process.platform === 'win32' ? null : 'SIGKILL', 'by itself');
});

test.run();
