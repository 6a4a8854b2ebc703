import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../src/domain/shared/domain-error.ts';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { NodeFiles } from '../../../src/infrastructure/files/node-files.ts';
import { systemProgram } from '../../../src/infrastructure/processes/spawn/system-program.ts';
import { outcomeOf, refusalOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';
import { isWindows, isWine } from '../../support/windows.ts';
import { ToolsDesk, textsOf } from './tools-desk.ts';

/** Failures that only Windows has. */
const test = suite<{ desk: ToolsDesk }>('files: failures of Windows');

test.before.each((context) => {
  context.desk = new ToolsDesk();
});
test.after.each(({ desk }) => desk.clear());

/** Wine finds no real path for more than 260 characters: UNKNOWN. */
const long = ['d', 'e', 'f', 'g', 'h'].map((letter) => letter.repeat(60)).join('\\');

const onWindows: Record<string, (desk: ToolsDesk) => Promise<void>> = {
  'a path that Windows fails at by no known name is a failure of this path': async (desk) => {
    mkdirSync(join(desk.inside, long), { recursive: true });
    writeFileSync(join(desk.inside, long, 'a.txt'), 'far down');
    for (const work of [() => desk.read(`${long}\\a.txt`), () => desk.write(`${long}\\a.txt`, 'new')]) {
      const failure = await work().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure !== undefined) assert.instance(failure, DomainError);
    }
  },
  'a sensitive place that Windows fails at by no known name leaves other paths alone': async (desk) => {
    mkdirSync(join(desk.inside, long), { recursive: true });
    writeFileSync(join(desk.inside, 'a.txt'), 'here');
    const sensitive = [join(desk.inside, long)];
    const options = { platform: 'win32', homeDirectory: desk.home, environment: {}, sensitive };
    const files = new NodeFiles(new PathGuard(options));
    const file = await files.open('a.txt', desk.grant);
    assert.is(file.size, 4);
    await file.close();
  },
  'a file that somebody reads is written, and the report says whether in place': async (desk) => {
    await whileOpen(desk, constants.O_RDONLY, async () => {
      for (const text of ['longer than before', 'short', 'short']) {
        const before = statSync(join(desk.inside, 'a.txt'), { bigint: true }).ino;
        const { atomic, created } = await desk.write('a.txt', text);
        const after = statSync(join(desk.inside, 'a.txt'), { bigint: true }).ino;
        assert.equal({ atomic, created }, { atomic: after !== before, created: false });
        assert.is(readFileSync(join(desk.inside, 'a.txt'), 'utf8'), text);
      }
    });
    assert.is((await desk.write('a.txt', 'new')).atomic, true);
  },
  'a file that somebody has for himself for a moment is waited for': async (desk) => {
    const path = join(desk.inside, 'a.txt');
    const marked = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const [tool, args, expected] of [
      ['read', { path: 'a.txt' }, 'old'],
      ['write', { path: 'a.txt', content: 'new' }, 'new'],
      ['write', { path: 'a.txt', content: ' end', mode: 'append' }, 'old end'],
    ] as const) {
      writeFileSync(path, marked('old'));
      const descriptor = openSync(path, constants.O_RDWR | EXCLUSIVE);
      const closed = sleep(100).then(() => closeSync(descriptor));
      const result = await desk.call(tool, args).finally(() => closed);
      assert.not(result.isError, textsOf(result).join());
      assert.equal(readFileSync(path), marked(expected), 'in its old encoding');
    }
  },
  'a file that somebody has for himself is refused, and stays': async (desk) => {
    await whileOpen(desk, constants.O_RDWR | EXCLUSIVE, async () => {
      for (const mode of ['overwrite', 'append'] as const)
        assert.match(
          (await refusalOf(desk.write('a.txt', 'new', { mode }))).message,
          /Another program has .* open/,
        );
      assert.match((await refusalOf(desk.read('a.txt'))).message, /Another program has .* open/);
    });
    assert.is(readFileSync(join(desk.inside, 'a.txt'), 'utf8'), 'the old one');
  },
  'a hidden file stays hidden': async (desk) => {
    const path = join(desk.inside, 'a.txt');
    const attributes = (...change: string[]) =>
      execFileSync(systemProgram('attrib.exe'), [...change, path], { encoding: 'utf8' });
    writeFileSync(path, 'the old one');
    attributes('+h');
    assert.match(attributes(), HIDDEN);
    assert.equal(await desk.write('a.txt', 'new').then(({ atomic }) => atomic), true);
    assert.is(readFileSync(path, 'utf8'), 'new');
    assert.match(attributes(), HIDDEN);
  },
  'the copy of an old file is not taken for one that was left behind': async (desk) => {
    const copy = join(desk.inside, `.000000000000-1-${randomUUID()}.tfo-mcp.tmp`);
    writeFileSync(copy, '');
    utimesSync(copy, 0, 0);
    await desk.write('a.txt', 'new');
    assert.ok(existsSync(copy));
  },
  'a file that is long to copy is written in place': async (desk) => {
    writeFileSync(join(desk.inside, 'a.txt'), '');
    truncateSync(join(desk.inside, 'a.txt'), 65 * 1024 * 1024);
    for (const dryRun of [true, false])
      assert.is((await desk.write('a.txt', 'new', { dryRun })).atomic, false);
    assert.is(readFileSync(join(desk.inside, 'a.txt'), 'utf8'), 'new');
  },
  'a file that somebody has mapped is all old or all new': async (desk) => {
    await whileOpen(desk, constants.O_RDWR | constants.UV_FS_O_FILEMAP, async () => {
      const outcome = await outcomeOf(desk.write('a.txt', 'new'));
      const isRefused = outcome instanceof DomainError;
      assert.is(readFileSync(join(desk.inside, 'a.txt'), 'utf8'), isRefused ? 'the old one' : 'new');
    });
  },
};

/** Wine has no such streams. */
const onRealWindows: typeof onWindows = {
  'a file keeps its alternate data streams': async (desk) => {
    const path = join(desk.inside, 'a.txt');
    writeFileSync(path, 'the old one');
    writeFileSync(`${path}:stream`, 'beside');
    assert.is((await desk.write('a.txt', 'new')).atomic, true);
    assert.equal([readFileSync(path, 'utf8'), readFileSync(`${path}:stream`, 'utf8')], ['new', 'beside']);
  },
};

/** As `attrib` tells it, before the path. */
const HIDDEN = /^[A-Z ]*H[A-Z ]* [A-Z]:/;

/** As libuv has it: nobody else may open the file. */
const EXCLUSIVE = 0x10000000;

async function whileOpen({ inside }: ToolsDesk, flags: number, work: () => Promise<void>): Promise<void> {
  writeFileSync(join(inside, 'a.txt'), 'the old one');
  const descriptor = openSync(join(inside, 'a.txt'), flags);
  await work().finally(() => closeSync(descriptor));
  assert.equal(readdirSync(inside).sort(), ['a.txt', 'home']);
}

for (const [isHere, table] of [
  [isWindows, onWindows],
  [isWindows && !isWine, onRealWindows],
] as const)
  for (const [name, run] of Object.entries(table))
    if (isHere) test(name, ({ desk }) => run(desk));
    else skip(test, 'Windows', name);

test.run();
