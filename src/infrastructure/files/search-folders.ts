import { IgnoreRules } from './ignore-rules.ts';
import { directoryFailure } from './list-folder.ts';
import type { FilesReport, FolderReport } from './search-worker.ts';
import type { OpenSearch } from './search-workers.ts';
import type { Folder } from './walk-in-order.ts';
import { type TreeRoot, withinRoot } from './walk-root.ts';

/** Files in one order, so that a large directory is shared by the workers and a small answer needs only its beginning. */
const FILES_AT_ONCE = 128;

/** A directory with what was found in it. */
export interface SearchedFolder extends Folder {
  /** Whether it is one of the names that are sought, for each name. */
  readonly isMatch: readonly boolean[];
  /** Whether those that are sought are directories. */
  readonly areDirectories: boolean;
  /** What the files hold, where that is asked for. */
  readonly lines?: readonly SearchedFiles[];
  readonly isUnreadable: boolean;
  /** Names left out because they are sensitive places. */
  readonly sensitive: number;
}

/** Some files of a directory. */
export interface SearchedFiles {
  /** Where their names are in the directory's, ascending. */
  readonly at: readonly number[];
  readonly report: Promise<FilesReport>;
}

interface FolderSearch {
  readonly root: TreeRoot;
  readonly search: OpenSearch;
  /** Of the folders above the root; nothing else is asked when the task includes what is ignored. */
  readonly rules: IgnoreRules | undefined;
  /** The only names to enter on the first levels. */
  readonly base: readonly string[];
  /** How many levels can hold a match. */
  readonly levels: number;
}

/** Reads the directories of one search, those above first: what a folder ignores holds for all that is below it. */
export class SearchFolders {
  private readonly given: FolderSearch;
  /** Of directories that are known and not read yet. */
  private readonly rulesOf = new Map<string, IgnoreRules | undefined>();

  constructor(given: FolderSearch) {
    this.given = given;
    this.rulesOf.set('', given.rules);
  }

  /** @throws DomainError when the root can't be read, or when the search was ended */
  async read(path: string, depth: number): Promise<SearchedFolder> {
    const { root, search, levels } = this.given;
    const report = await search.folder(path, depth < levels);
    if (report.failure !== undefined) {
      if (path === '')
        throw directoryFailure(
          Object.assign(new Error(report.failure), { code: report.failure }),
          root.named,
        );
      return { names: [], below: [], isMatch: [], areDirectories: false, isUnreadable: true, sensitive: 0 };
    }
    const rules = this.rulesIn(path, report);
    return this.select(path, depth, report, rules);
  }

  /** A repository within another knows nothing of the outer one's rules. */
  private rulesIn(path: string, { ignore, isRepository }: FolderReport): IgnoreRules | undefined {
    const above = isRepository ? undefined : this.rulesOf.get(path);
    this.rulesOf.delete(path);
    return ignore === '' ? above : IgnoreRules.of(ignore, path, above);
  }

  private select(
    path: string,
    depth: number,
    report: FolderReport,
    rules: IgnoreRules | undefined,
  ): SearchedFolder {
    const { root, search, base, levels } = this.given;
    const names: string[] = [];
    const isMatch: boolean[] = [];
    const below: number[] = [];
    let sensitive = 0;
    for (const { name, isDirectory, matches } of entriesOf(report)) {
      const inner = isDirectory ? `${path}${name}/` : path + name;
      const isEntered = isDirectory && depth < levels && (base[depth - 1] ?? name) === name;
      if (!(matches || isEntered) || rules?.ignores(inner)) continue;
      if (root.isSensitive?.(withinRoot(root, inner))) {
        sensitive += 1;
        continue;
      }
      if (isEntered) {
        below.push(names.length);
        this.rulesOf.set(inner, rules);
      }
      names.push(name);
      isMatch.push(matches);
    }
    const areDirectories = search.task.findsDirectories;
    const folder = { names, below, isMatch, areDirectories, isUnreadable: false, sensitive };
    return search.task.content ? { ...folder, lines: this.lines(path, folder) } : folder;
  }

  private lines(
    path: string,
    { names, isMatch }: Pick<SearchedFolder, 'names' | 'isMatch'>,
  ): SearchedFiles[] {
    const files = [...names.keys()].filter((at) => isMatch[at]);
    const searched: SearchedFiles[] = [];
    for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
      const at = files.slice(from, from + FILES_AT_ONCE);
      const report = this.given.search.files(
        path,
        at.map((index) => names[index] as string),
      );
      // Whoever comes to these files hears of the failure; when nobody does, it doesn't matter.
      report.catch(() => undefined);
      searched.push({ at, report });
    }
    return searched;
  }
}

/** The names of a report, as the worker marks them. */
function* entriesOf({ names }: FolderReport) {
  if (names === '') return;
  for (const marked of names.split('/')) {
    const mark = marked.indexOf('\0');
    if (mark === -1) yield { name: marked, isDirectory: false, matches: true };
    else yield { name: marked.slice(0, mark), isDirectory: true, matches: mark < marked.length - 1 };
  }
}
