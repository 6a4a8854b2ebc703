import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '../../support/skip.ts';

const test = suite('files: a full disk');

const NAME = 'what doesn’t fit leaves what was there';
const MOUNT = 'mount -t tmpfs -o size=64k none "$1"';

/** Runs in a namespace of its own, where "$1" is a file system of 64 KiB. */
const onSmallDisk = (folder: string, command: string, ...more: readonly string[]) =>
  spawnSync('unshare', ['-rm', 'sh', '-c', `${MOUNT} && ${command}`, 'sh', folder, ...more], {
    encoding: 'utf8',
  });

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-full-')));
if (onSmallDisk(folder, 'true').status === 0)
  test(NAME, () => {
    const script = join(import.meta.dirname, 'write-to-full-disk.ts');
    const { stdout, stderr } = onSmallDisk(folder, 'exec "$2" "$3" "$1"', process.execPath, script);
    assert.equal(JSON.parse(stdout || `"${stderr}"`), {
      appended: `There is no space left to write "${folder}/a"`,
      isKept: true,
      overwritten: 'ENOSPC: no space left on device, write',
      isStillKept: true,
      shortened: 'short',
    });
  });
else skip(test, 'user namespaces', NAME);

test.after(() => rmSync(folder, { recursive: true }));

test.run();
