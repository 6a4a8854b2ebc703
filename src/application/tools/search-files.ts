import * as v from 'valibot';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import type { FileTree, SearchReport } from '../ports/file-tree.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import { defineTool } from './define-tool.ts';
import { fitting } from './fitting.ts';
import type { ToolLimits } from './tool-limits.ts';

interface Dependencies {
  readonly tree: FileTree;
  readonly grants: PathGrants;
  readonly limits: Pick<ToolLimits, 'maxResults'>;
}

const MOST_RESULTS = 10_000;
const MOST_CONTEXT = 20;

const integer = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const input = v.strictObject({
  path: v.pipe(v.string(), v.description('The directory to search')),
  pattern: v.pipe(
    v.string(),
    v.description(
      'Glob for files, such as "*.ts" or "src/**/*.ts"; without "/" it matches names at any depth, with "/" at its end directories',
    ),
  ),
  content: v.optional(
    v.pipe(
      v.string(),
      v.description('JavaScript regular expression to find in their lines (default: names only)'),
    ),
  ),
  case_sensitive: v.optional(v.pipe(v.boolean(), v.description('For pattern and content')), true),
  context_lines: v.optional(
    v.pipe(integer(0, MOST_CONTEXT), v.description('Lines before and after each match')),
    0,
  ),
  include_ignored: v.optional(
    v.pipe(v.boolean(), v.description('Search .git and what .gitignore names')),
    false,
  ),
  limit: v.optional(
    v.pipe(
      integer(1, MOST_RESULTS),
      v.description('Matches at most (default: 200, unless configured otherwise)'),
    ),
  ),
});

const lines = (what: string) => v.optional(v.pipe(v.array(v.string()), v.description(what)));

const output = v.strictObject({
  matches: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.description('Relative to path')),
      line: v.optional(v.pipe(v.number(), v.description('From 1'))),
      text: v.optional(v.string()),
      before: lines('Lines'),
      after: lines('Lines'),
    }),
  ),
  count: v.number(),
  truncated: v.boolean(),
  skipped: v.pipe(v.record(v.string(), v.number()), v.description('Files and directories, by reason')),
  note: v.optional(v.string()),
});

export const searchFilesTool = ({ tree, grants, limits }: Dependencies) =>
  defineTool({
    name: 'search_files',
    title: 'Search files',
    description:
      'Finds files by name and, with content, lines in them. Skips .git, what .gitignore names, and links.',
    category: 'file',
    tags: ['file', 'search', 'glob'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input,
    output,
    handle: async (args, context) => {
      const request = {
        path: args.path,
        pattern: args.pattern,
        caseSensitive: args.case_sensitive,
        contextLines: args.context_lines,
        includeIgnored: args.include_ignored,
        limit: args.limit ?? limits.maxResults,
        ...(args.content !== undefined && { content: args.content }),
      };
      return resultOf(await tree.search(request, await grants.of(context), context.signal));
    },
  });

function resultOf({ matches: found, truncated: isCut, skipped }: SearchReport): ToolResult {
  const note = 'There are more: raise "limit" or narrow "path" or "pattern"';
  const items = found.map((match) => ({ ...match }));
  return fitting(items, (matches) => {
    const truncated = isCut || matches.length < found.length;
    return { matches, count: matches.length, truncated, skipped, ...(truncated && { note }) };
  });
}
