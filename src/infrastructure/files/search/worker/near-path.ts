import type { Work } from './search-work.ts';

// This function is a part of the worker's program, whose text is made of it: see search-worker.ts.

/**
 * True if neither a path nor a link on it leads to another computer, other than to the share that is searched: Windows tells each that
 * it looks at who the user is, and a hash of the password. False for a path relative to a drive (`C:x`),
 * which the system looks up elsewhere.
 */
export function isNear(work: Work, path: string, links = 0): boolean {
  const { fs, settings, task } = work;
  if (settings.separator !== '\\') return true;
  if (/^[a-z]:(?![\\/])/i.test(path)) return false;
  const shareOf = (given: string) => /^[\\/]{2}[^\\/]+[\\/]+[^\\/]+/.exec(given)?.[0].replaceAll('/', '\\');
  const share = shareOf(path);
  const isSearched = share !== undefined && share.toLowerCase() === shareOf(task.root)?.toLowerCase();
  if (/^[\\/]{2}/.test(path) && !isSearched) return false;
  const root = share ?? /^[a-z]:/i.exec(path)?.[0] ?? '';
  const names = path.slice(root.length).split(/[\\/]+/);
  const passed: string[] = [];
  for (const [at, name] of names.entries()) {
    if (name === '..') passed.pop();
    if (name === '' || name === '.' || name === '..') continue;
    const folder = [root, ...passed].join('\\');
    passed.push(name);
    const stats = fs.lstatSync(`${folder}\\${name}`, { throwIfNoEntry: false });
    if (stats === undefined) return true;
    if (!stats.isSymbolicLink()) continue;
    const target = fs.readlinkSync(`${folder}\\${name}`);
    const isWhole = /^(?:[\\/]{2}|[a-z]:)/i.test(target);
    const led = isWhole ? target : `${/^[\\/]/.test(target) ? root : folder}\\${target}`;
    return links < 40 && isNear(work, [led, ...names.slice(at + 1)].join('\\'), links + 1);
  }
  return true;
}
