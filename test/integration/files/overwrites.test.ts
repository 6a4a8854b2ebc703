import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FilesDesk, platforms } from './files-desk.ts';

for (const platform of platforms) {
  const test = suite<{ desk: FilesDesk }>(`files: overwrites at once, as on ${platform}`);

  test.before.each((context) => {
    context.desk = new FilesDesk(platform);
    writeFileSync(join(context.desk.inside, 'a.txt'), 'old');
  });
  test.after.each(({ desk }) => desk.clear());

  test('of many that overwrite a file, there or not, each does, and one content stands', async ({ desk }) => {
    for (const path of ['a.txt', 'new.txt']) {
      const writes = Array.from({ length: 20 }, (_, n) => desk.write(path, `writer ${n}`));
      const reports = await Promise.all(writes);
      // Windows lets one at a time: who waits for more than a second writes in place.
      if (process.platform !== 'win32') assert.ok(reports.every(({ atomic }) => atomic));
      assert.match(readFileSync(join(desk.inside, path), 'utf8'), /^writer \d+$/);
    }
    assert.equal(readdirSync(desk.inside).sort(), ['a.txt', 'home', 'new.txt']);
  });

  test.run();
}
