import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../src/domain/shared/domain-error.ts';
import { FilesDesk } from './files-desk.ts';

const test = suite<{ desk: FilesDesk; swapper?: ChildProcess }>('files: races');

/** Rounds at least, and how often each outcome must have been seen; at most, for a machine that is busy with something else. */
const ROUNDS = 400;
const SEEN = 1;
const MOST_ROUNDS = 10_000;

test.before.each((scene) => {
  scene.desk = new FilesDesk();
  const { inside, outside } = scene.desk;
  mkdirSync(join(inside, 'dir'));
  for (const file of [join(inside, 'file'), join(inside, 'dir', 'f')]) writeFileSync(file, 'inside');
  writeFileSync(join(outside, 'f'), 'outside');
});

test.after.each(async ({ desk, swapper }) => {
  if (swapper && swapper.exitCode === null) {
    swapper.kill('SIGKILL');
    await once(swapper, 'close');
  }
  desk.clear();
});

/** Tries until both success and refusals were seen often enough; what nobody foresaw is thrown. */
async function race(
  scene: { desk: FilesDesk; swapper?: ChildProcess },
  what: 'file' | 'dir',
  work: (round: number) => Promise<string>,
): Promise<void> {
  const { inside, outside } = scene.desk;
  const script = fileURLToPath(new URL('swapper.ts', import.meta.url));
  const swapper = spawn(process.execPath, [script, what, inside, outside], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  scene.swapper = swapper;
  await once(swapper.stdout as NodeJS.ReadableStream, 'data');
  const counts = { done: 0, 'path.outside': 0 };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (round >= ROUNDS && Object.values(counts).every((count) => count >= SEEN)) break;
    const outcome = await work(round).catch((error: unknown) => {
      if (error instanceof DomainError) return error.code;
      throw error;
    });
    if (outcome === 'inside' || outcome === 'written') counts.done += 1;
    else if (outcome === 'path.outside') counts['path.outside'] += 1;
    else assert.match(outcome, /^(?:file|path)\.[a-z-]+$/, `a leak: ${outcome}`);
  }
  assert.is(swapper.exitCode, null, 'the swapper has to last');
  assert.ok(
    Object.values(counts).every((count) => count >= SEEN),
    `no race: ${JSON.stringify(counts)}`,
  );
  assert.equal(readdirSync(outside), ['f']);
  assert.is(readFileSync(join(outside, 'f'), 'utf8'), 'outside');
}

/** If the kernel says what was opened, nothing may ever come through; elsewhere the race is only narrow. */
if (process.platform === 'linux') {
  test('no byte from outside is read while a file is swapped for a link', async (scene) => {
    await race(scene, 'file', () => scene.desk.read('file'));
  });

  test('no byte from outside is read while a directory is swapped for a link', async (scene) => {
    await race(scene, 'dir', () => scene.desk.read('dir/f'));
  });

  for (const mode of ['overwrite', 'append', 'create'] as const) {
    test(`nothing outside is changed by ${mode} while a directory is swapped for a link`, async (scene) => {
      await race(scene, 'dir', async (round) => {
        await scene.desk.write(mode === 'create' ? `dir/${round}` : 'dir/f', 'inside', { mode });
        return 'written';
      });
    });
  }

  test('nothing outside is changed by append while a file is swapped for a link', async (scene) => {
    await race(scene, 'file', async () => {
      await scene.desk.write('file', 'inside', { mode: 'append' });
      return 'written';
    });
  });

  test('no directories are made outside while a directory is swapped for a link', async (scene) => {
    await race(scene, 'dir', async (round) => {
      await scene.desk.write(`dir/${round}/b/c`, 'inside', { createDirectories: true });
      return 'written';
    });
  });
}

test.run();
