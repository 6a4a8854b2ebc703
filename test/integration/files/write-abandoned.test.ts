import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryName } from '../../../src/infrastructure/files/write/write-temporary.ts';
import { FilesDesk, platforms } from './files-desk.ts';

const module = join(import.meta.dirname, '../../../src/infrastructure/files/write/write-temporary.ts');

/** The name that a process gives which is dead by now. */
const namedByTheDead = () => {
  const program = `import { temporaryName } from ${JSON.stringify(module)}; process.stdout.write(temporaryName());`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout;
};
const dead = namedByTheDead();
const uuid = randomUUID();
const HOUR = 3600;

/** A name, how many hours old it is, and whether the next write removes it. */
const rows: readonly (readonly [string, string, number, boolean])[] = [
  ['of a process that was killed', dead, 0, true],
  ['of this process', temporaryName(), 0, false],
  ['of a process that runs, such as the first', dead.replace(/-\d+-/, `-${process.ppid}-`), 0, false],
  ['of another machine', `.000000000000-1-${uuid}.tfo-mcp.tmp`, 1, false],
  ['of another machine, days old', `.000000000000-1-${uuid}.tfo-mcp.tmp`, 25, true],
  ['of an older version', `.${uuid}.tfo-mcp.tmp`, 1, false],
  ['of an older version, days old', `.${uuid}.tfo-mcp.tmp`, 25, true],
  ['of somebody else', '.mine.tfo-mcp.tmp', 99, false],
  ['of somebody else, nearly as ours', `${dead}.bak`, 99, false],
];

for (const platform of platforms) {
  const test = suite<{ desk: FilesDesk }>(`files: what killed writes leave, as on ${platform}`);
  test.before.each((context) => {
    context.desk = new FilesDesk(platform);
  });
  test.after.each(({ desk }) => desk.clear());

  for (const [what, name, hours, isRemoved] of rows)
    test(`a file ${what} ${isRemoved ? 'goes' : 'stays'} with the next write`, async ({ desk }) => {
      const path = join(desk.inside, name);
      const then = Date.now() / 1000 - hours * HOUR;
      for (const mode of ['overwrite', 'append', 'create'] as const) {
        writeFileSync(path, 'part');
        utimesSync(path, then, then);
        await desk.write(mode === 'create' ? 'new' : 'a', 'x', { mode });
        assert.is(existsSync(path), !isRemoved, mode);
      }
    });

  test('nothing but files goes, and nothing elsewhere', async ({ desk }) => {
    mkdirSync(join(desk.inside, dead));
    symlinkSync('nowhere', join(desk.home, dead));
    writeFileSync(join(desk.outside, dead), '');
    await desk.write('a', 'x');
    await desk.write('home/a', 'x');
    assert.ok(existsSync(join(desk.inside, dead)) && existsSync(join(desk.outside, dead)));
  });

  test.run();
}
