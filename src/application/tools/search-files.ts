import * as v from 'valibot';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import type { FileTree, SearchReport } from '../ports/file-tree.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import { flag, limitOf, optionalText, wholeNumber } from './arguments.ts';
import { defineTool } from './define/define-tool.ts';
import { fitting } from './fitting.ts';
import type { ToolLimits } from './tool-limits.ts';

interface Dependencies {
  readonly tree: FileTree;
  readonly grants: PathGrants;
  readonly limits: Pick<ToolLimits, 'maxResults'>;
}

const MOST_RESULTS = 10_000;
const MOST_CONTEXT = 20;

const inputOf = ({ maxResults }: Dependencies['limits']) =>
  v.strictObject({
    path: v.pipe(v.string(), v.description('Directory or file to search')),
    pattern: v.pipe(
      v.string(),
      v.description(
        'Glob, such as *.ts or src/**/*.ts; without / it matches names at any depth, with a final / directories',
      ),
    ),
    content: optionalText('JavaScript regular expression to find in lines (default: none)'),
    case_sensitive: flag('For pattern and content', true),
    context_lines: v.optional(
      wholeNumber('Lines before and after each match', { least: 0, most: MOST_CONTEXT }),
      0,
    ),
    include_ignored: flag('Search .git and what .gitignore names'),
    limit: limitOf('Matches', { byDefault: maxResults, most: MOST_RESULTS }),
  });

const lines = v.optional(v.array(v.string()));

const output = v.strictObject({
  matches: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.description('Relative to path')),
      line: v.optional(v.pipe(v.number(), v.description('From 1'))),
      text: v.optional(v.string()),
      before: lines,
      after: lines,
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
    input: inputOf(limits),
    output,
    handle: async (args, context) => {
      const request = {
        path: args.path,
        owners: [context.principal.countedAs ?? context.principal.id, context.scope],
        pattern: args.pattern,
        caseSensitive: args.case_sensitive,
        contextLines: args.context_lines,
        includeIgnored: args.include_ignored,
        limit: args.limit,
        ...(args.content !== undefined && { content: args.content }),
      };
      const report = await tree.search(request, await grants.of(context), context.signal);
      return resultOf(report, args.content);
    },
  });

function resultOf(report: SearchReport, content: string | undefined): ToolResult {
  const { matches: found, truncated: isCut, skipped } = report;
  const why = found.length === 0 ? (report.note ?? barNote(content) ?? ignoredNote(report)) : undefined;
  return fitting(found, (matches) => {
    const truncated = isCut || matches.length < found.length;
    const note = truncated ? 'There are more: raise "limit" or narrow "path" or "pattern"' : why;
    return { matches, count: matches.length, truncated, skipped, ...(note !== undefined && { note }) };
  });
}

/** In the basic expressions of grep, `\|` is what `|` is here. */
const barNote = (content: string | undefined) =>
  content?.includes('\\|')
    ? 'In "content", "\\|" is the character "|"; alternatives are written a|b'
    : undefined;

/** An empty answer is taken for a proof that there is nothing. */
const ignoredNote = ({ hasIgnored }: SearchReport) =>
  hasIgnored
    ? 'What .gitignore names was left out; "include_ignored": true searches that as well'
    : undefined;
