import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf } from '../../support/failure.ts';
import { FilesDesk } from './files-desk.ts';

interface Scene {
  desk: FilesDesk;
  stops: (() => void)[];
}

const test = suite<Scene>('files: watch');

test.before.each((scene) => {
  scene.desk = new FilesDesk();
  scene.stops = [];
});
test.after.each(({ desk, stops }) => {
  for (const stop of stops) stop();
  desk.clear();
});

/** Milliseconds that a test waits for what must come; only a failing one gets there. */
const PATIENCE_MS = 10_000;

/** Watches a file, and lets a test wait for the next change. */
async function watching(scene: Scene, path: string): Promise<() => Promise<void>> {
  let changes = 0;
  let told = 0;
  let wake: () => void = () => undefined;
  const onChange = () => {
    changes += 1;
    wake();
  };
  scene.stops.push(await scene.desk.files.watch(path, scene.desk.grant, onChange));
  return async () => {
    const deadline = Date.now() + PATIENCE_MS;
    while (changes === told) {
      if (Date.now() > deadline) throw new Error('Expected a change to be told, got none');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    told = changes;
  };
}

const save = (path: string, content: string) => {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
};

test('a watch tells of writes, appends and one atomic save after the other', async (scene) => {
  const path = join(scene.desk.inside, 'a.txt');
  writeFileSync(path, 'one');
  const changed = await watching(scene, 'a.txt');
  writeFileSync(path, 'three');
  await changed();
  appendFileSync(path, '+');
  await changed();
  for (let n = 0; n < 3; n++) {
    save(path, `saved ${n}`);
    await changed();
  }
});

test('a watch goes on when the file is deleted and made again', async (scene) => {
  const path = join(scene.desk.inside, 'a.txt');
  writeFileSync(path, 'one');
  const changed = await watching(scene, 'a.txt');
  unlinkSync(path);
  await changed();
  writeFileSync(path, 'two');
  await changed();
  writeFileSync(path, 'three!');
  await changed();
});

test('a watch goes on when its directories are deleted, moved and made again', async (scene) => {
  const folder = join(scene.desk.inside, 'x', 'y');
  const path = join(folder, 'a.txt');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, 'one');
  const changed = await watching(scene, 'x/y/a.txt');
  rmSync(join(scene.desk.inside, 'x'), { recursive: true });
  await changed();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, 'two');
  await changed();
  renameSync(folder, `${folder}-aside`);
  await changed();
  renameSync(`${folder}-aside`, folder);
  await changed();
  save(path, 'five!');
  await changed();
});

test('a watch follows a link, to another file too', async (scene) => {
  const { inside } = scene.desk;
  mkdirSync(join(inside, 'one'));
  mkdirSync(join(inside, 'two'));
  for (const name of ['one', 'two']) writeFileSync(join(inside, name, 'f'), name);
  symlinkSync('one', join(inside, 'current'));
  symlinkSync('current/f', join(inside, 'link'));
  const changed = await watching(scene, 'link');
  save(join(inside, 'one', 'f'), 'changed');
  await changed();
  symlinkSync('two', join(inside, 'next'));
  renameSync(join(inside, 'next'), join(inside, 'current'));
  await changed();
  save(join(inside, 'two', 'f'), 'changed!');
  await changed();
});

test('a link that comes to lead outside tells that the file has gone, and nothing more', async (scene) => {
  const { inside, outside } = scene.desk;
  writeFileSync(join(inside, 'a'), 'one');
  symlinkSync('a', join(inside, 'link'));
  writeFileSync(join(outside, 'secret'), 'one');
  let changes = 0;
  const count = () => {
    changes += 1;
  };
  scene.stops.push(await scene.desk.files.watch('link', scene.desk.grant, count));
  const linkChanged = await watching(scene, 'link');
  const changed = await watching(scene, 'a');
  symlinkSync(join(outside, 'secret'), join(inside, 'next'));
  renameSync(join(inside, 'next'), join(inside, 'link'));
  await linkChanged();
  for (let n = 0; n < 3; n++) {
    save(join(outside, 'secret'), `changed ${n}`);
    writeFileSync(join(inside, 'a'), `changed again ${n}`);
    await changed();
  }
  assert.is(changes, 1);
});

test('a watch tells nothing after it was stopped', async (scene) => {
  const path = join(scene.desk.inside, 'a.txt');
  writeFileSync(path, 'one');
  let changes = 0;
  const stop = await scene.desk.files.watch('a.txt', scene.desk.grant, () => {
    changes += 1;
  });
  const changed = await watching(scene, 'a.txt');
  stop();
  writeFileSync(path, 'two!');
  await changed();
  assert.is(changes, 0);
});

test('a watch watches only what could be read', async ({ desk }) => {
  writeFileSync(join(desk.outside, 'secret'), 'x');
  const watch = (path: string) => desk.files.watch(path, desk.grant, () => undefined);
  assert.is(await codeOf(watch('nothing')), 'file.not-found');
  assert.is(await codeOf(watch('../outside/secret')), 'path.outside');
  assert.is(await codeOf(watch('~/.ssh/id')), 'path.sensitive');
  assert.is(await codeOf(watch('home')), 'file.not-regular');
});

test.run();
