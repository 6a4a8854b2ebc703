import * as v from 'valibot';
import { foreignExpression } from '../../domain/policy/search/expression-foreign.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import type { FileTree, SearchReport } from '../ports/file-tree.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import { answerBytes, LARGEST_ANSWER } from './answer-bytes.ts';
import { flag, limitOf, optionalText, wholeNumber } from './arguments.ts';
import { defineTool } from './define/define-tool.ts';
import { fitting } from './fitting.ts';
import type { ToolLimits } from './tool-limits.ts';

interface Dependencies {
  readonly tree: FileTree;
  readonly grants: PathGrants;
  readonly limits: Pick<ToolLimits, 'maxResults' | 'answerBytes'>;
}

const MOST_RESULTS = 10_000;
const MOST_CONTEXT = 20;

const inputOf = (limits: Dependencies['limits']) =>
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
    limit: limitOf('Matches', { byDefault: limits.maxResults, most: MOST_RESULTS, ...limits }),
  });

const lines = v.optional(v.array(v.string()));

const output = v.strictObject({
  count: v.number(),
  truncated: v.boolean(),
  skipped: v.pipe(v.record(v.string(), v.number()), v.description('Files and directories, by reason')),
  note: v.optional(v.string()),
  matches: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.description('Relative to path')),
      line: v.optional(v.pipe(v.number(), v.description('From 1'))),
      text: v.optional(v.string()),
      before: lines,
      after: lines,
    }),
  ),
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
    largestAnswer: LARGEST_ANSWER,
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
        limit: args.limit ?? limits.maxResults,
        ...(args.content !== undefined && { content: args.content }),
      };
      const report = await tree.search(request, await grants.of(context), context.signal);
      const mostBytes = answerBytes({ limits, context, asksForMore: args.limit !== undefined });
      return resultOf(report, args.content, mostBytes);
    },
  });

function resultOf(report: SearchReport, content: string | undefined, mostBytes: number): ToolResult {
  const { matches: found, truncated: isCut, skipped } = report;
  const why = found.length === 0 ? notesOf(report, content) : undefined;
  return fitting(
    found,
    (matches) => {
      const truncated = isCut || matches.length < found.length;
      const note = truncated ? 'There are more: raise "limit" or narrow "path" or "pattern"' : why;
      return { count: matches.length, truncated, skipped, ...(note !== undefined && { note }), matches };
    },
    mostBytes,
  );
}

/** All that may be the reason why nothing was found. */
function notesOf(report: SearchReport, content: string | undefined): string | undefined {
  const notes = [report.note, content && foreignExpression(content), ignoredNote(report)].filter(Boolean);
  return notes.length > 0 ? notes.join('. ') : undefined;
}

/** An empty answer is taken for a proof that there is nothing. */
const ignoredNote = ({ hasIgnored }: SearchReport) =>
  hasIgnored
    ? 'What .gitignore names was left out; "include_ignored": true searches that as well'
    : undefined;
