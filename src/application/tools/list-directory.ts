import * as v from 'valibot';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { base64urlOf, textOfBase64url } from '../../domain/text/base64.ts';
import { utf8Length } from '../../domain/text/utf8.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import type { Entry, FileTree, Listing, ListRequest } from '../ports/file-tree.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import { answerBytes, LARGEST_ANSWER } from './answer-bytes.ts';
import { flag, limitOf, optionalText, wholeNumber } from './arguments.ts';
import { defineTool } from './define/define-tool.ts';
import { fitting } from './fitting.ts';
import type { ToolLimits } from './tool-limits.ts';

interface Dependencies {
  readonly tree: FileTree;
  readonly grants: PathGrants;
  readonly limits: Pick<ToolLimits, 'maxEntries' | 'answerBytes'>;
}

const MOST_ENTRIES = 50_000;
const MOST_LEVELS = 1000;
/** Longer than that of the longest path, which Windows has. */
const LONGEST_CURSOR = 131_072;
/** More than that is no help to anyone. */
const MOST_UNREADABLE = 100;
/** The part of an answer that those may take: the page is what was asked for. */
const UNREADABLE_SHARE = 1 / 4;

const inputOf = (limits: Dependencies['limits']) =>
  v.strictObject({
    path: v.pipe(v.string(), v.description('Directory to list')),
    recursive: flag('List what is below it too'),
    max_depth: v.optional(
      wholeNumber('With recursive: levels below path (default: all)', { least: 1, most: MOST_LEVELS }),
    ),
    include_hidden: flag('Names that begin with a dot', true),
    details: flag('Add size and modified time'),
    limit: limitOf('Entries', { byDefault: limits.maxEntries, most: MOST_ENTRIES, ...limits }),
    cursor: optionalText('next_cursor of a result (default: none)'),
  });

const output = v.strictObject({
  path: v.string(),
  truncated: v.boolean(),
  next_cursor: v.optional(v.pipe(v.string(), v.description('Pass as cursor for more'))),
  unreadable: v.optional(v.pipe(v.array(v.string()), v.description('Skipped directories'))),
  more_unreadable: v.optional(v.pipe(v.number(), v.description('Skipped ones not named'))),
  entries: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.description('Relative to path')),
      type: v.picklist(['file', 'directory', 'symlink', 'other']),
      size: v.optional(v.pipe(v.number(), v.description('Bytes'))),
      modified: v.optional(v.pipe(v.string(), v.description('ISO 8601, UTC'))),
    }),
  ),
});

export const listDirectoryTool = ({ tree, grants, limits }: Dependencies) =>
  defineTool({
    name: 'list_directory',
    title: 'List directory',
    description: 'Lists a directory (folder), sorted by name. Links are not followed.',
    category: 'file',
    tags: ['file', 'directory', 'list'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    largestAnswer: LARGEST_ANSWER,
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
        limit: args.limit ?? limits.maxEntries,
        ...(args.max_depth !== undefined && { maxDepth: args.max_depth }),
        ...(args.cursor !== undefined && placeOfCursor(args.cursor)),
      };
      const listing = await tree.list(request, await grants.of(context), context.signal);
      return pageOf(
        listing,
        request,
        answerBytes({ limits, context, asksForMore: args.limit !== undefined }),
      );
    },
  });

/** The page, or its beginning where it is too much for one answer: the cursor goes on from there. */
function pageOf(
  { path, entries: all, truncated: isCut, unreadable }: Listing,
  before: Pick<ListRequest, 'after' | 'told'>,
  mostBytes: number,
): ToolResult {
  const skipped = unreadable.slice(0, countShown(unreadable, mostBytes * UNREADABLE_SHARE));
  return fitting(
    all,
    (entries) => {
      const truncated = isCut || entries.length < all.length;
      const last = entries.at(-1);
      return {
        path,
        truncated,
        ...(truncated && last && { next_cursor: cursorBehind(entries, last.path, before) }),
        ...(skipped.length > 0 && { unreadable: skipped }),
        ...(skipped.length < unreadable.length && { more_unreadable: unreadable.length - skipped.length }),
        entries,
      };
    },
    mostBytes,
  );
}

/** Counts the paths that fit, from the first, into so many bytes. */
function countShown(paths: readonly string[], mostBytes: number): number {
  let bytes = 0;
  const past = paths.findIndex((path) => {
    bytes += utf8Length(JSON.stringify(path)) + 1;
    return bytes > mostBytes;
  });
  return Math.min(past === -1 ? paths.length : past, MOST_UNREADABLE);
}

/**
 * Cursors are opaque to clients: the path of a page's last entry and, where several have it, how many of them were told, since not
 * every name is UTF-8.
 */
function cursorBehind(
  entries: readonly Entry[],
  path: string,
  { after, told = 1 }: Pick<ListRequest, 'after' | 'told'>,
): string {
  const others = entries.findLastIndex((entry) => entry.path !== path);
  const count = entries.length - 1 - others + (others === -1 && after === path ? told : 0);
  return base64urlOf(count === 1 ? path : `${path}\0${count}`);
}

const PLACE = /^(?<after>[^\0]+)(?:\0(?<told>\d{1,7}))?$/;

function placeOfCursor(cursor: string): Pick<ListRequest, 'after' | 'told'> {
  const text = cursor.length > LONGEST_CURSOR ? undefined : textOfBase64url(cursor);
  const { after, told } = PLACE.exec(text ?? '')?.groups ?? {};
  if (after !== undefined) return { after, ...(told !== undefined && { told: Number(told) }) };
  throw new DomainError(
    'cursor.invalid',
    'invalid',
    'Expected "cursor" to be the next_cursor of an earlier result for the same path; leave it out to begin anew',
  );
}
