import { win32 } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isNear } from '../../../../../../src/infrastructure/files/search/worker/near-path.ts';
import type { Work } from '../../../../../../src/infrastructure/files/search/worker/search-work.ts';
import { rulesAbove } from '../../../../../../src/infrastructure/files/search/worker/work-on-ignored.ts';

const test = suite('near-path');

/** A search of Windows over these files: a text, a folder where it ends with "\", a link where it begins with "-> ". */
function searching(files: Readonly<Record<string, string>>, root = 'C:\\work') {
  const touched: string[] = [];
  const found = new Map(Object.entries(files).map(([path, text]) => [path.toLowerCase(), text]));
  const linkAt = (path: string) => /^-> (.*)/.exec(found.get(path.toLowerCase()) ?? '')?.[1];
  /** As the system does, it goes through the links on the way. */
  const at = (path: string) => {
    const plain = win32.normalize(path);
    for (let above = win32.dirname(plain); above !== win32.dirname(above); above = win32.dirname(above)) {
      const target = linkAt(above);
      if (target !== undefined) touched.push(win32.resolve(win32.dirname(above), target));
    }
    touched.push(plain);
    return found.get(plain.toLowerCase());
  };
  const through = (path: string) => {
    const target = linkAt(win32.normalize(path));
    return target === undefined ? at(path) : at(win32.resolve(win32.dirname(path), target));
  };
  const statsOf = (text: string | undefined) =>
    text === undefined
      ? undefined
      : {
          dev: 1,
          size: text.length,
          isFile: () => text !== '\\' && !text.startsWith('-> '),
          isDirectory: () => text === '\\',
          isSymbolicLink: () => text.startsWith('-> '),
        };
  const fs = {
    constants: { O_RDONLY: 0 },
    lstatSync: (path: string) => statsOf(at(path)),
    statSync: (path: string) => statsOf(through(path)),
    readlinkSync: (path: string) => at(path)?.slice('-> '.length),
    readFileSync: (path: string) => at(path),
    realpathSync: {
      native: (path: string) => {
        through(path);
        return win32.normalize(path);
      },
    },
    openSync: (path: string) => path,
    fstatSync: (path: string) => statsOf(at(path)),
    closeSync: () => undefined,
  };
  const settings = { separator: '\\', foldsCase: true, clock: new Float64Array(2) };
  const work = { fs, settings, task: { root, above: [] }, matching: 0 } as unknown as Work;
  return { work, touched };
}

const disk = {
  'C:\\work': '\\',
  'C:\\work\\here': '\\',
  'C:\\work\\link': '-> here',
  'C:\\work\\far': '-> \\\\evil\\share\\x',
  'C:\\work\\slashes': '-> //evil/share/x',
  'C:\\work\\device': '-> \\\\?\\UNC\\evil\\share\\x',
  'C:\\work\\twice': '-> far',
  'C:\\work\\over': '-> ..\\work\\.\\far',
  'C:\\work\\root': '-> \\work\\far',
  'C:\\work\\round': '-> round',
  'C:\\work\\drive': '-> C:here',
  '\\\\nas\\share\\work': '\\',
  '\\\\nas\\share\\work\\own': '-> \\\\NAS\\share\\other',
  '\\\\nas\\share\\work\\far': '-> \\\\evil\\share',
};

for (const [path, expected] of [
  ['C:\\work\\here\\x', true],
  ['C:/work/link/x', true],
  ['C:\\none\\far', true],
  ['C:\\work\\far', false],
  ['C:/work/far/x/y', false],
  ['C:\\work\\here\\..\\far', false],
  ['C:\\work\\far\\..\\here', false],
  ['C:\\work\\slashes', false],
  ['C:\\work\\device', false],
  ['C:\\work\\twice', false],
  ['C:\\work\\over', false],
  ['C:\\work\\root\\x', false],
  ['C:\\work\\round', false],
  ['C:here', false],
  ['c:', false],
  ['C:\\work\\drive\\x', false],
  ['\\\\evil\\share', false],
  ['//evil/share/x', false],
  ['\\\\evil', false],
  ['\\\\nas\\share', false],
] as const)
  test(`${path} is ${expected ? 'near' : 'far'}, and nobody looks there to tell`, () => {
    const { work, touched } = searching(disk);
    assert.is(isNear(work, path), expected);
    assert.equal(
      touched.filter((given) => given.startsWith('\\\\')),
      [],
    );
  });

test('the share that is searched is near', () => {
  const { work } = searching(disk, '\\\\nas\\Share\\work');
  for (const path of ['\\\\nas\\share\\work\\x', '//NAS/share/other', '\\\\nas\\share\\work\\own'])
    assert.ok(isNear(work, path), path);
  for (const path of ['\\\\nas\\share\\work\\far', '\\\\nas\\others\\x'])
    assert.not(isNear(work, path), path);
});

test('all is near where paths lead to no computer', () => {
  const { work } = searching(disk);
  assert.ok(isNear({ ...work, settings: { ...work.settings, separator: '/' } }, '//server/share'));
});

// As an archive can hold it: a repository that is somewhere else.
for (const [what, files] of [
  ['a file .git', { 'C:\\work\\.git': 'gitdir: //evil/share/x' }],
  ['a file .git that counts from where its drive is', { 'C:\\work\\.git': 'gitdir: C:evil' }],
  ['a link .git', { 'C:\\work\\.git': '-> \\\\evil\\share' }],
  [
    'a file .git that goes by a link',
    { 'C:\\work\\.git': 'gitdir: far/x', 'C:\\work\\far': '-> \\\\evil\\share' },
  ],
  [
    'a file commondir',
    {
      'C:\\work\\.git': '\\',
      'C:\\work\\.git\\HEAD': 'ref: refs/heads/x',
      'C:\\work\\.git\\commondir': '\\\\evil\\share',
    },
  ],
  [
    'a link in .git',
    {
      'C:\\work\\.git': '\\',
      'C:\\work\\.git\\HEAD': 'ref: refs/heads/x',
      'C:\\work\\.git\\objects': '-> \\\\evil\\share',
      'C:\\work\\.git\\refs': '\\',
    },
  ],
  [
    'a link to the excluded names',
    {
      'C:\\work\\.git': '\\',
      'C:\\work\\.git\\HEAD': 'ref: refs/heads/x',
      'C:\\work\\.git\\objects': '\\',
      'C:\\work\\.git\\refs': '\\',
      'C:\\work\\.git\\info': '-> \\\\evil\\share',
    },
  ],
] as const)
  test(`the ignored names are not read from another computer by ${what}`, () => {
    const { work, touched } = searching({ 'C:\\work': '\\', ...files });
    rulesAbove({ ...work, task: { ...work.task, above: [{ path: 'C:\\work', next: 'x' }] } } as Work, '');
    assert.ok(touched.includes('C:\\work\\.git'));
    assert.equal(
      touched.filter(
        (path) =>
          path.startsWith('\\\\') ||
          !win32.isAbsolute(path) ||
          (what.includes('by a link') && /\\far\\/.test(path)),
      ),
      [],
    );
  });

test.run();
