import * as v from 'valibot';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { base64urlOf, textOfBase64url } from '../../domain/text/base64.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import type { FileTree, Listing } from '../ports/file-tree.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import { flag, limitOf, optionalText, wholeNumber } from './arguments.ts';
import { defineTool } from './define/define-tool.ts';
import { fitting } from './fitting.ts';
import type { ToolLimits } from './tool-limits.ts';

interface Dependencies {
  readonly tree: FileTree;
  readonly grants: PathGrants;
  readonly limits: Pick<ToolLimits, 'maxEntries'>;
}

const MOST_ENTRIES = 50_000;
const MOST_LEVELS = 1000;
/** Longer than that of the longest path, which Windows has. */
const LONGEST_CURSOR = 131_072;
/** More than that is no help to anyone. */
const MOST_UNREADABLE = 100;

const inputOf = ({ maxEntries }: Dependencies['limits']) =>
  v.strictObject({
    path: v.pipe(v.string(), v.description('Directory to list')),
    recursive: flag('List what is below it too'),
    max_depth: v.optional(
      wholeNumber('With recursive: levels below path (default: all)', { least: 1, most: MOST_LEVELS }),
    ),
    include_hidden: flag('Names that begin with a dot', true),
    details: flag('Add size and modified time'),
    limit: limitOf('Entries', { byDefault: maxEntries, most: MOST_ENTRIES }),
    cursor: optionalText('next_cursor of a result (default: none)'),
  });

const output = v.strictObject({
  path: v.string(),
  entries: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.description('Relative to path')),
      type: v.picklist(['file', 'directory', 'symlink', 'other']),
      size: v.optional(v.pipe(v.number(), v.description('Bytes'))),
      modified: v.optional(v.pipe(v.string(), v.description('ISO 8601, UTC'))),
    }),
  ),
  truncated: v.boolean(),
  next_cursor: v.optional(v.pipe(v.string(), v.description('Pass as cursor for more'))),
  unreadable: v.optional(v.pipe(v.array(v.string()), v.description('Skipped directories'))),
});

export const listDirectoryTool = ({ tree, grants, limits }: Dependencies) =>
  defineTool({
    name: 'list_directory',
    title: 'List directory',
    description: 'Lists a directory, sorted by name. Links are not followed.',
    category: 'file',
    tags: ['file', 'directory', 'list'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: inputOf(limits),
    output,
    handle: async (args, context) => {
      if (args.max_depth !== undefined && !args.recursive)
        throw new DomainError(
          'list.not-recursive',
          'invalid',
          'Expected "recursive" to be true where "max_depth" is given',
        );
      const request = {
        path: args.path,
        recursive: args.recursive,
        includeHidden: args.include_hidden,
        details: args.details,
        limit: args.limit,
        ...(args.max_depth !== undefined && { maxDepth: args.max_depth }),
        ...(args.cursor !== undefined && { after: pathOfCursor(args.cursor) }),
      };
      const listing = await tree.list(request, await grants.of(context), context.signal);
      return pageOf(listing);
    },
  });

/** The page, or its beginning where it is too much for one answer: the cursor goes on from there. */
function pageOf({ path, entries: all, truncated: isCut, unreadable }: Listing): ToolResult {
  return fitting(all, (entries) => {
    const truncated = isCut || entries.length < all.length;
    const last = entries.at(-1);
    return {
      path,
      entries,
      truncated,
      ...(truncated && last && { next_cursor: base64urlOf(last.path) }),
      ...(unreadable.length > 0 && { unreadable: unreadable.slice(0, MOST_UNREADABLE) }),
    };
  });
}

/** Cursors are opaque to clients: the path of a page's last entry. */
function pathOfCursor(cursor: string): string {
  const path = cursor.length > LONGEST_CURSOR ? undefined : textOfBase64url(cursor);
  if (path) return path;
  throw new DomainError(
    'cursor.invalid',
    'invalid',
    'Expected "cursor" to be the next_cursor of an earlier result for the same path; leave it out to begin anew',
  );
}
