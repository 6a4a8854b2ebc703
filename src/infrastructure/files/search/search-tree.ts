import { lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SearchReport, SearchRequest } from '../../../application/ports/file-tree.ts';
import { pathPlatform } from '../../../domain/policy/paths/path-platform.ts';
import { foreignGlob } from '../../../domain/policy/search/glob-foreign.ts';
import { type GlobPattern, globPattern } from '../../../domain/policy/search/glob-pattern.ts';
import { fileFailure } from '../file-failure.ts';
import { walkInOrder } from '../list/walk-in-order.ts';
import type { TreeRoot } from '../list/walk-root.ts';
import { contentPattern } from './content-pattern.ts';
import { SearchCollector } from './search-collector.ts';
import { type SearchedFolder, SearchFolders } from './search-folders.ts';
import type { SearchTask } from './search-messages.ts';
import { type OpenSearch, SearchWorkers } from './search-workers.ts';

/** Directories that are on their way to the workers or back; enough to fill their batches. */
const FOLDERS_AHEAD = 256;

/** Finds files by name and by content. */
export class TreeSearch {
  private readonly workers = new SearchWorkers();
  private searches = 0;

  /**
   * @throws DomainError `search.pattern-invalid`, `search.content-invalid`, `search.timeout`, `search.busy`, and when `place`
   * can't be read
   */
  async run(place: TreeRoot, request: SearchRequest, signal: AbortSignal): Promise<SearchReport> {
    const pattern = globPattern(request.pattern, pathPlatform(process.platform), request.caseSensitive);
    const isFile = await isRegularFile(place);
    const root = isFile ? { ...place, real: dirname(place.real), named: dirname(place.named) } : place;
    const task: SearchTask = {
      id: ++this.searches,
      root: root.real,
      above: request.includeIgnored ? [] : foldersAbove(root.real),
      glob: pattern.expression,
      itself: pattern.itself,
      comparesPath: pattern.compares === 'path',
      comparesForms: /[^\0-\x7f]|[?[]/.test(request.pattern),
      findsDirectories: pattern.findsDirectories,
      includeIgnored: request.includeIgnored,
      ...contentTask(request),
    };
    const search = this.workers.open(task, [...request.owners, request.content ?? '']);
    const leave = () => search.end(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      signal.throwIfAborted();
      if (isFile) return await inFile(basename(place.real), { search, pattern, request });
      return await inFolders({ root, search, pattern, request, signal });
    } finally {
      signal.removeEventListener('abort', leave);
      search.end(new Error('Expected nobody to wait for a search that is over'));
    }
  }

  /** Ends the threads; resolves when they have ended, or can't. */
  async close(): Promise<void> {
    await this.workers.close();
  }
}

async function isRegularFile({ real, named }: TreeRoot): Promise<boolean> {
  try {
    return (await lstat(real)).isFile();
  } catch (error) {
    throw fileFailure(error, named);
  }
}

/** Nearest first. */
function foldersAbove(folder: string): SearchTask['above'] {
  const path = dirname(folder);
  return path === folder ? [] : [{ path, next: basename(folder) }, ...foldersAbove(path)];
}

function contentTask({
  content,
  caseSensitive,
  contextLines,
  limit,
}: SearchRequest): Pick<SearchTask, 'content'> {
  if (content === undefined) return {};
  return { content: { ...contentPattern(content, caseSensitive), contextLines, limit } };
}

interface Searching {
  readonly search: OpenSearch;
  readonly pattern: GlobPattern;
  readonly request: SearchRequest;
}

/** In the order of the walk, until there are more than asked for or than any answer can hold. */
async function inFolders({
  root,
  search,
  pattern: { base, foldsCase, depth: levels = Number.POSITIVE_INFINITY, problem },
  request,
  signal,
}: Searching & { readonly root: TreeRoot; readonly signal: AbortSignal }): Promise<SearchReport> {
  const folders = new SearchFolders({ root, search, base, foldsCase, levels });
  const report = new SearchCollector(request.limit);
  const read = (path: string) => folders.read(path);
  for await (const stretch of walkInOrder<SearchedFolder>({ read, ahead: FOLDERS_AHEAD, signal })) {
    if (stretch.folder.lines) await report.takeLines(stretch, stretch.folder.lines);
    else report.takeNames(stretch);
    if (report.truncated) break;
  }
  if (report.hasNames) return report;
  if (problem) throw problem;
  const foreign = foreignGlob(request.pattern, pathPlatform(process.platform));
  if (foreign !== undefined) report.note = foreign;
  return report;
}

/** A file that is named is searched, ignored or not. */
async function inFile(name: string, { search, pattern, request }: Searching): Promise<SearchReport> {
  const report = new SearchCollector(request.limit);
  const isMatch = pattern.expression.test(name.normalize('NFC')) && !pattern.findsDirectories;
  if (!isMatch && pattern.problem) throw pattern.problem;
  if (!isMatch) return { ...report, note: '"path" is a file whose name "pattern" does not match; "*" does' };
  if (search.task.content) report.takeFile(name, await search.files('', [name]));
  else report.takeName(name);
  return report;
}
