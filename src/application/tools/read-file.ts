import * as v from 'valibot';
import { quotePath } from '../../domain/policy/path-invalid.ts';
import type { ContentBlock } from '../../domain/shared/content-block.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import { Semaphore } from '../pipeline/semaphore.ts';
import type { Files, OpenFile } from '../ports/files.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import { filePath } from './arguments.ts';
import { defineTool } from './define-tool.ts';
import { readBinary } from './read-file-binary.ts';
import { decodeText, type TextEncoding, textEncodings } from './text-encoding.ts';
import { type LinesRead, readHead, readTail } from './text-lines.ts';
import { HEAD_BYTES, hasByteOrderMark, isBinary } from './text-or-binary.ts';
import type { ToolLimits } from './tool-limits.ts';

const count = (least: number, description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.description(description));

const input = v.strictObject({
  path: filePath,
  encoding: v.optional(v.pipe(v.picklist(textEncodings), v.description('Of its text')), 'utf-8'),
  offset: v.optional(count(0, 'First line, from 0'), 0),
  limit: v.optional(count(1, 'Lines at most (default: all)')),
  tail: v.optional(count(1, 'That many last lines instead (default: none)')),
});

type Input = v.InferOutput<typeof input>;

interface Dependencies {
  readonly files: Files;
  readonly grants: PathGrants;
  readonly limits: ToolLimits;
}

/** Bytes of a file from which on it counts as large. */
const LARGE = 256 * 1024;

/** More at once are not read any sooner, and each holds megabytes. */
const LARGE_AT_ONCE = 2;

export const readFileTool = ({ files, grants, limits }: Dependencies) => {
  const large = new Semaphore(LARGE_AT_ONCE);
  return defineTool({
    name: 'read_file',
    title: 'Read file',
    description:
      'Returns the text of a file, or lines of it; images, audio and other binary files as such. Long text is cut; a note says how to read on.',
    category: 'file',
    tags: ['file', 'read'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input,
    handle: async (args, context) => {
      requireOneSelection(args);
      const file = await files.open(args.path, await grants.of(context));
      try {
        const { signal } = context;
        const read = () => readFile(file, args, limits.maxReadBytes, signal);
        return await (file.size > LARGE ? large.enter(signal, read) : read());
      } finally {
        await file.close();
      }
    },
  });
};

async function readFile(
  file: OpenFile,
  args: Input,
  maxBytes: number,
  signal: AbortSignal,
): Promise<ToolResult> {
  const { encoding, offset, limit: lines, tail } = args;
  const read =
    tail === undefined
      ? await readHead(file, offset, { encoding, lines, maxBytes }, signal)
      : await readTail(file, { encoding, lines: tail, maxBytes }, signal);
  if (encoding === 'utf-8') {
    const head = read.head ?? (await headOf(file));
    if (hasByteOrderMark(head)) throw utf16(file.path);
    if (isBinary(head, file.path)) return success(await readWhole(file, args, maxBytes, signal));
  }
  if (read.linesBefore !== undefined && offset > 0) throw behindEnd(file, offset, read.linesBefore);
  const text = textOf(file, read, encoding);
  if (text.length > TAKES_LONG) await turn(); // to encode it takes as long again
  return {
    ...success({ type: 'text', text }, ...notesOf(read, args, maxBytes)),
    mostBytes: maxBytes + NOTE_BYTES,
  };
}

/** What a note takes at most, with all that stands around it and the text. */
const NOTE_BYTES = 4096;

function notesOf({ cut }: LinesRead, { offset, tail }: Input, maxBytes: number): readonly ContentBlock[] {
  if (cut === undefined) return [];
  const note = tail === undefined ? noteOfHead(cut, offset, maxBytes) : noteOfTail(cut, maxBytes);
  return [{ type: 'text', text: note }];
}

/** Characters of a text that holds everyone up for some 5 ms. */
const TAKES_LONG = 2 * 1024 * 1024;

/** Lets everything else that is due have its turn. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

const success = (...content: readonly ContentBlock[]): ToolResult => ({ content, isError: false });

/** @throws DomainError `file.selection` */
function requireOneSelection({ offset, limit, tail }: Input): void {
  if (tail !== undefined && (offset > 0 || limit !== undefined))
    throw new DomainError(
      'file.selection',
      'invalid',
      'Expected either "tail" or "offset" and "limit", got both',
    );
}

async function headOf(file: OpenFile): Promise<Uint8Array> {
  for await (const chunk of file.chunks()) return chunk.slice(0, HEAD_BYTES);
  return new Uint8Array();
}

async function readWhole(
  file: OpenFile,
  { offset, limit, tail }: Input,
  maxBytes: number,
  signal: AbortSignal,
): Promise<ContentBlock> {
  if (offset === 0 && limit === undefined && tail === undefined)
    return await readBinary(file, maxBytes, signal);
  throw new DomainError(
    'file.selection',
    'invalid',
    `${quotePath(file.path)} is a binary file and has no lines; leave out "offset", "limit" and "tail", or set "encoding"`,
  );
}

/** Without the byte order mark. @throws DomainError `file.encoding` */
function textOf(
  { path }: OpenFile,
  { bytes, start, end, position }: LinesRead,
  encoding: TextEncoding,
): string {
  const text = decodeText(bytes.subarray(start, end), encoding);
  if (text === undefined) {
    const message = `${quotePath(path)} is not ${encoding} text here; try another "encoding": latin1 takes any byte`;
    throw new DomainError('file.encoding', 'invalid', message);
  }
  const isMarked = position + start === 0 && encoding.startsWith('utf') && text.startsWith('\ufeff');
  return isMarked ? text.slice(1) : text;
}

const utf16 = (path: string) =>
  new DomainError(
    'file.encoding',
    'invalid',
    `${quotePath(path)} begins with the mark of UTF-16; read it with "encoding": "utf-16le" (or "base64" if that fails)`,
  );

const behindEnd = ({ path }: OpenFile, offset: number, count: number) =>
  new DomainError(
    'file.selection',
    'invalid',
    `Expected an "offset" below ${count}, the number of lines in ${quotePath(path)}, got ${offset}`,
  );

type Cut = NonNullable<LinesRead['cut']>;

function noteOfHead({ insideLine, lines: count }: Cut, offset: number, maxBytes: number): string {
  const next = offset + count;
  if (insideLine)
    return `[Line ${offset} is cut at the limit of ${maxBytes} bytes; its rest can't be paged. Behind it, read on with "offset": ${next}]`;
  return `[Cut at the limit of ${maxBytes} bytes: these are lines ${offset} to ${next - 1}. Read on with "offset": ${next}]`;
}

function noteOfTail({ insideLine, lines: count }: Cut, maxBytes: number): string {
  const what = insideLine
    ? 'the end of the last line, whose beginning'
    : `the last ${count} lines; what is before`;
  const how = insideLine ? "can't be paged" : 'can be read with "offset" and "limit"';
  return `[Cut at the limit of ${maxBytes} bytes: this is ${what} ${how}]`;
}
