import { directoryFailure } from '../list/list-folder.ts';
import type { WalkedFolder } from '../list/walk-in-order.ts';
import { levelOf, type TreeRoot, withinRoot } from '../list/walk-root.ts';
import type { FilesReport, FolderReport } from './search-messages.ts';
import type { OpenSearch } from './search-workers.ts';

/** Files in one order, so that a large directory is shared by the workers and a small answer needs only its beginning. */
const FILES_AT_ONCE = 128;

/** A directory with what was found in it. */
export interface SearchedFolder extends WalkedFolder {
  /** For each name, true if it is one of those that are sought. */
  readonly isMatch: readonly boolean[];
  /** For each name, true if it is a directory. */
  readonly isDirectory: readonly boolean[];
  /** The lines of the files, if they are asked for. */
  readonly lines?: readonly SearchedFiles[];
  /** Directories that could not be read: it, or some below it. */
  readonly unreadable: number;
  /** Names left out because they are sensitive places. */
  readonly sensitive: number;
  /** True if the rules about ignored files left something out, in it or below. */
  readonly hasIgnored: boolean;
}

/** Some files of a directory. */
export interface SearchedFiles {
  /** Positions of their names in the directory's, ascending. */
  readonly at: readonly number[];
  readonly report: Promise<FilesReport>;
}

interface FolderSearch {
  readonly root: TreeRoot;
  readonly search: OpenSearch;
  /** The only names to enter on the first levels. */
  readonly base: readonly string[];
  /** True if they are entered in any case. */
  readonly foldsCase: boolean;
  /** Levels that can hold a match. */
  readonly levels: number;
}

/** Reads the directories of one search, and what is in the files. */
export class SearchFolders {
  private readonly given: FolderSearch;

  constructor(given: FolderSearch) {
    this.given = given;
  }

  /** @throws DomainError when the root can't be read, or when the search was ended */
  async read(path: string): Promise<SearchedFolder> {
    const { root, search, base, levels } = this.given;
    const level = levelOf(path);
    const isFree = !root.isSensitive && level > base.length;
    const report = await search.folder({ path, levels: levels - level + 1, isFree });
    if (report.failure !== undefined) {
      const { failure: code } = report;
      if (path === '') throw directoryFailure(Object.assign(new Error(code), { code }), root.named);
      return {
        names: [],
        below: [],
        isMatch: [],
        isDirectory: [],
        unreadable: 1,
        sensitive: 0,
        hasIgnored: false,
      };
    }
    return this.select(path, report);
  }

  private select(path: string, report: FolderReport): SearchedFolder {
    const { root, search, base, foldsCase } = this.given;
    const needed = base[levelOf(path) - 1];
    const isSame = (name: string) =>
      foldsCase ? needed?.toLowerCase() === name.toLowerCase() : needed === name;
    const names: string[] = [];
    const isMatch: boolean[] = [];
    const isDirectory: boolean[] = [];
    const below: number[] = [];
    let sensitive = 0;
    for (const entry of entriesOf(report)) {
      const { name, isEntered, matches } = entry;
      const isNeeded = matches || needed === undefined || isSame(name);
      if (!isNeeded) continue;
      if (root.isSensitive?.(withinRoot(root, path + name))) {
        sensitive += 1;
        continue;
      }
      if (isEntered) below.push(names.length);
      names.push(name);
      isMatch.push(matches);
      isDirectory.push(entry.isDirectory);
    }
    const { unreadable, hasIgnored } = report;
    const folder = { names, below, isMatch, isDirectory, unreadable, sensitive, hasIgnored };
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
      // The failure is told when the search comes to these files; if it never does, it doesn't matter.
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
