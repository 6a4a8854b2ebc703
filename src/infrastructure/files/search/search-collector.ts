import type { Match, SearchReport } from '../../../application/ports/file-tree.ts';
import { MAX_ANSWER_BYTES } from '../../../domain/policy/answer-limit.ts';
import type { Stretch } from '../list/walk-in-order.ts';
import type { SearchedFiles, SearchedFolder } from './search-folders.ts';
import type { FilesReport, FoundLine } from './search-messages.ts';

/** Takes what a search finds, in order, until it is enough. */
export class SearchCollector implements SearchReport {
  readonly matches: Match[] = [];
  readonly skipped: Record<string, number> = {};
  truncated = false;
  /** True if anything was called as the pattern has it, whatever is in it. */
  hasNames = false;
  hasIgnored = false;
  note?: string;
  private readonly limit: number;
  private size = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  takeNames(stretch: Stretch<SearchedFolder>): void {
    const { path, folder, from, to } = stretch;
    this.countFolder(stretch);
    for (let at = from; at < to && !this.truncated; at++)
      if (folder.isMatch[at])
        this.add({ path: path + folder.names[at] + (folder.isDirectory[at] ? '/' : '') });
  }

  async takeLines(stretch: Stretch<SearchedFolder>, lines: readonly SearchedFiles[]): Promise<void> {
    const { path, folder, from, to } = stretch;
    this.countFolder(stretch);
    for (const { at, report } of lines) {
      const last = at.at(-1) ?? -1;
      if (last < from || (at[0] ?? to) >= to) continue;
      const { found, ...skipped } = await report;
      for (const line of found) {
        const index = at[line.file] as number;
        if (index < from || index >= to) continue;
        this.add(matchOf(path + folder.names[index], line));
        if (this.truncated) return;
      }
      if (last < to) this.countFiles(skipped);
    }
  }

  /** Takes the lines found in one file that was named. */
  takeFile(path: string, { found, ...skipped }: FilesReport): void {
    for (const line of found) this.add(matchOf(path, line));
    this.countFiles(skipped);
  }

  takeName(path: string): void {
    this.add({ path });
  }

  private countFiles({ unreadable, binary, tooLarge }: Omit<FilesReport, 'found'>): void {
    this.count({ unreadable, binary, too_large: tooLarge });
  }

  private countFolder({ folder, from }: Stretch<SearchedFolder>): void {
    if (from > 0) return;
    this.hasNames ||= folder.isMatch.includes(true);
    this.hasIgnored ||= folder.hasIgnored;
    this.count({ unreadable: folder.unreadable, sensitive: folder.sensitive });
  }

  private count(counts: Readonly<Record<string, number>>): void {
    for (const [reason, count] of Object.entries(counts))
      if (count > 0) this.skipped[reason] = (this.skipped[reason] ?? 0) + count;
  }

  /** No answer can hold more characters than bytes: what can't be told anyhow isn't kept. */
  private add(match: Match): void {
    this.size += sizeOf(match);
    this.truncated = this.matches.length === this.limit || this.size > MAX_ANSWER_BYTES;
    if (!this.truncated) this.matches.push(match);
  }
}

function sizeOf({ path, text = '', before = [], after = [] }: Match): number {
  let size = path.length + text.length;
  for (const line of before) size += line.length;
  for (const line of after) size += line.length;
  return size;
}

const matchOf = (path: string, { line, text, before, after }: FoundLine): Match => ({
  path,
  line,
  text,
  ...(before.length > 0 && { before }),
  ...(after.length > 0 && { after }),
});
