import type { SearchReport, SearchRequest } from '../../application/ports/file-tree.ts';
import type { PathGrant } from '../../application/ports/path-grants.ts';
import { globPattern } from '../../domain/policy/glob-pattern.ts';
import { pathPlatform } from '../../domain/policy/path-platform.ts';
import { contentPattern } from './content-pattern.ts';
import { ignoreRulesAbove } from './ignore-parents.ts';
import { SearchCollector } from './search-collector.ts';
import { type SearchedFolder, SearchFolders } from './search-folders.ts';
import { searchGlob } from './search-glob.ts';
import type { SearchTask } from './search-messages.ts';
import { SearchWorkers } from './search-workers.ts';
import { walkInOrder } from './walk-in-order.ts';
import type { TreeRoot } from './walk-root.ts';

/** Directories that are on their way to the workers or back; enough to fill their batches. */
const FOLDERS_AHEAD = 256;

/** Finds files by name and by content. */
export class TreeSearch {
  private readonly workers = new SearchWorkers();
  private searches = 0;

  /** @throws DomainError `search.pattern-invalid`, `search.content-invalid`, `search.timeout`, and when `root` can't be read */
  async run(
    root: TreeRoot,
    request: SearchRequest,
    grant: PathGrant,
    signal: AbortSignal,
  ): Promise<SearchReport> {
    const pattern = globPattern(request.pattern, pathPlatform(process.platform));
    const { regex, base } = searchGlob(pattern, request.caseSensitive);
    const task: SearchTask = {
      id: ++this.searches,
      root: root.real,
      glob: regex,
      comparesPath: pattern.compares === 'path',
      findsDirectories: pattern.findsDirectories,
      includeIgnored: request.includeIgnored,
      ...contentTask(request),
    };
    const rules = request.includeIgnored ? undefined : await ignoreRulesAbove(root.real, grant);
    const search = this.workers.open(task);
    const leave = () => search.end(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      const levels = pattern.depth ?? Number.POSITIVE_INFINITY;
      const folders = new SearchFolders({ root, search, rules, base, levels });
      return await collect(folders, request.limit, signal);
    } finally {
      signal.removeEventListener('abort', leave);
      search.end(new Error('Expected nobody to wait for a search that is over'));
    }
  }
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

/** In the order of the walk, until there are more than asked for or than any answer can hold. */
async function collect(folders: SearchFolders, limit: number, signal: AbortSignal): Promise<SearchReport> {
  const report = new SearchCollector(limit);
  const read = (path: string) => folders.read(path);
  for await (const stretch of walkInOrder<SearchedFolder>({ read, ahead: FOLDERS_AHEAD, signal })) {
    if (stretch.folder.lines) await report.takeLines(stretch, stretch.folder.lines);
    else report.takeNames(stretch);
    if (report.truncated) break;
  }
  return report;
}
