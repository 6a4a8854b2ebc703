import { IgnoreRules } from './ignore-rules.ts';
import { directoryFailure } from './list-folder.ts';
import type { FilesReport, FolderReport } from './search-messages.ts';
import type { OpenSearch } from './search-workers.ts';
import type { Folder } from './walk-in-order.ts';
import { levelOf, type TreeRoot, withinRoot } from './walk-root.ts';

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
  /** Directories that could not be read: it, or some below it. */
  readonly unreadable: number;
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
  private readonly rulesOf = new Map<string, IgnoreRules>();

  constructor(given: FolderSearch) {
    this.given = given;
    if (given.rules) this.rulesOf.set('', given.rules);
  }

  /** @throws DomainError when the root can't be read, or when the search was ended */
  async read(path: string): Promise<SearchedFolder> {
    const { root, search, base, levels } = this.given;
    const level = levelOf(path);
    const isFree = this.rulesOf.get(path) === undefined && !root.isSensitive && level > base.length;
    const report = await search.folder({ path, levels: levels - level + 1, isFree });
    if (report.failure !== undefined) {
      const { failure: code } = report;
      if (path === '') throw directoryFailure(Object.assign(new Error(code), { code }), root.named);
      return { names: [], below: [], isMatch: [], areDirectories: false, unreadable: 1, sensitive: 0 };
    }
    return this.select(path, report, this.rulesIn(path, report));
  }

  /** A repository within another knows nothing of the outer one's rules. */
  private rulesIn(path: string, { ignore, isRepository }: FolderReport): IgnoreRules | undefined {
    const above = isRepository ? undefined : this.rulesOf.get(path);
    this.rulesOf.delete(path);
    return ignore === '' ? above : IgnoreRules.of(ignore, path, above);
  }

  private select(path: string, report: FolderReport, rules: IgnoreRules | undefined): SearchedFolder {
    const { root, search, base } = this.given;
    const needed = base[levelOf(path) - 1];
    const names: string[] = [];
    const isMatch: boolean[] = [];
    const below: number[] = [];
    let sensitive = 0;
    for (const { name, isDirectory, isEntered, matches } of entriesOf(report)) {
      const isNeeded = matches || needed === undefined || needed === name;
      if (!isNeeded) continue;
      const inner = isDirectory ? `${path}${name}/` : path + name;
      if (rules?.ignores(inner)) continue;
      if (root.isSensitive?.(withinRoot(root, inner))) {
        sensitive += 1;
        continue;
      }
      if (isEntered) {
        below.push(names.length);
        if (rules) this.rulesOf.set(inner, rules);
      }
      names.push(name);
      isMatch.push(matches);
    }
    const areDirectories = search.task.findsDirectories;
    const folder = { names, below, isMatch, areDirectories, unreadable: report.unreadable, sensitive };
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

/** The names of a report, by their marks. */
function* entriesOf({ names }: FolderReport) {
  if (names === '') return;
  for (const marked of names.split('//')) {
    const end = marked.indexOf('\0');
    const mark = end === -1 ? undefined : marked.slice(end + 1);
    yield {
      name: end === -1 ? marked : marked.slice(0, end),
      isDirectory: mark !== undefined,
      isEntered: mark === '' || mark === '=',
      matches: mark !== '',
    };
  }
}
