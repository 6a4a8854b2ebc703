import * as v from 'valibot';
import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import type { ContentBlock } from '../../../domain/shared/content-block.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { base64Of } from '../../../domain/text/base64.ts';
import { isStateful, MARK, takesMark } from '../../../domain/text/encodings.ts';
import { malformedIn } from '../../../domain/text/malformed-text.ts';
import { unmarkedUtf16 } from '../../../domain/text/recognize-text.ts';
import { decodeText } from '../../../domain/text/text-decoding.ts';
import { type ToolResult, textResult } from '../../../domain/tool/tool-result.ts';
import { Semaphore } from '../../pipeline/semaphore.ts';
import type { Files, OpenFile } from '../../ports/files.ts';
import type { PathGrants } from '../../ports/path-grants.ts';
import { type Decide, headOf, type LinesRead, readHead, readTail } from '../../text/text-lines.ts';
import { recognizedEncoding } from '../../text/text-or-binary.ts';
import { answerBytes } from '../answer-bytes.ts';
import { filePath } from '../arguments.ts';
import { defineTool } from '../define/define-tool.ts';
import { askedEncoding, encodingArgument } from '../encoding-argument.ts';
import type { ToolLimits } from '../tool-limits.ts';
import { readBinary } from './read-binary.ts';
import { noteOfCut, noteOfMalformed, noteOfNothing, noteOfUtf16 } from './read-notes.ts';

const count = (least: number, description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.description(description));

const inputOf = (limits: ToolLimits) =>
  v.strictObject({
    path: filePath,
    encoding: encodingArgument,
    offset: v.optional(count(0, 'First line, from 0'), 0),
    limit: v.optional(count(1, `Lines at most (default: what ${limits.answerBytes} bytes hold)`)),
    tail: v.optional(count(1, 'That many last lines instead (default: none)')),
    byte_offset: v.optional(count(0, 'First byte instead (default: none)')),
  });

type Input = v.InferOutput<ReturnType<typeof inputOf>>;

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
      'Returns the text of a file, or lines of it; images, audio and other binary files as such. Long text is cut; a note before it says how to read on.',
    category: 'file',
    tags: ['file', 'read'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    largestAnswer: limits.maxReadBytes,
    input: inputOf(limits),
    handle: async (args, context) => {
      requireOneSelection(args);
      const file = await files.open(args.path, await grants.of(context));
      try {
        const asksForMore = args.limit !== undefined || args.tail !== undefined;
        const most = answerBytes({ limits, context, asksForMore });
        const read = () => readFile(file, args, { ...limits, answerBytes: most }, context.signal);
        return await (file.size > LARGE ? large.enter(context.signal, read) : read());
      } finally {
        await file.close();
      }
    },
  });
};

async function readFile(
  file: OpenFile,
  args: Input,
  limits: ToolLimits,
  signal: AbortSignal,
): Promise<ToolResult> {
  const { encoding, offset, limit: lines, tail, byte_offset: position } = args;
  const mostBytes = Math.min(limits.maxReadBytes, limits.answerBytes);
  const maxBytes = Math.min(limits.maxReadBytes, limits.answerBytes - NOTE_ROOM);
  const decide: Decide = (head) =>
    encoding === undefined ? recognizedEncoding(head, file.path) : askedEncoding(encoding, head);
  const read =
    tail === undefined
      ? await readHead(file, { position: position ?? 0, offset, lines, maxBytes }, decide, signal)
      : await readTail(file, { lines: tail, maxBytes }, decide, signal);
  if (read === 'too far') throw tooFar(file, offset);
  if (read === undefined) return await readWhole(file, args, limits, signal);
  requireReadable(file, args, read);
  if (read.linesBefore !== undefined) requireInside(file, args, read.linesBefore);
  const bytes = read.bytes.subarray(read.start, read.end);
  const decoded = read.encoding === 'base64' ? base64Of(bytes) : decodeText(bytes, read.encoding);
  const isMarked = decoded.startsWith(MARK) && takesMark(read.encoding) && read.position + read.start === 0;
  const text = isMarked ? decoded.slice(MARK.length) : decoded;
  if (text === '') return textResult(noteOfNothing(file.path, isMarked));
  if (text.length > TAKES_LONG) await letOthersRun(); // to encode it takes as long again
  const malformed = malformedIn(bytes, decoded, read.encoding);
  const notes = [malformed && noteOfMalformed(malformed, read, args), noteOfCut(read, args, limits)].filter(
    (note) => note !== undefined,
  );
  const note: readonly ContentBlock[] = notes.length > 0 ? [{ type: 'text', text: notes.join('\n') }] : [];
  // Before the text: clients that cut an answer cut its end.
  return { ...success(...note, { type: 'text', text }), mostBytes: mostBytes + NOTE_BYTES };
}

/** Bytes of a bounded answer that are kept for the notes before the text. */
const NOTE_ROOM = 512;

/** Bytes that the notes take at most, with everything that stands around them and the text. */
const NOTE_BYTES = 4096;

/** Characters of a text that holds everyone up for some 5 ms. */
const TAKES_LONG = 2 * 1024 * 1024;

/** Lets everything else that is due run first. */
const letOthersRun = () => new Promise<void>((resolve) => setTimeout(resolve));

const success = (...content: readonly ContentBlock[]): ToolResult => ({ content, isError: false });

/** @throws DomainError `file.selection` */
function requireOneSelection({ offset, limit, tail, byte_offset: byteOffset }: Input): void {
  if (tail !== undefined && (offset > 0 || limit !== undefined || byteOffset !== undefined))
    throw selection('Expected either "tail" or a beginning and "limit", got both');
  if (byteOffset !== undefined && offset > 0)
    throw selection('Expected either "byte_offset" or "offset", got both');
}

async function readWhole(
  file: OpenFile,
  { offset, limit, tail, byte_offset: byteOffset }: Input,
  limits: ToolLimits,
  signal: AbortSignal,
): Promise<ToolResult> {
  const unmarked = unmarkedUtf16(await headOf(file));
  const note = unmarked && noteOfUtf16(unmarked);
  if (offset > 0 || [limit, tail, byteOffset].some((given) => given !== undefined))
    throw selection(
      `${quotePath(file.path)} is a binary file and has no lines; leave out what selects them, or set "encoding": "${unmarked ?? 'base64'}"`,
    );
  const block = await readBinary(file, limits, signal, note);
  return success(...(note ? [{ type: 'text', text: note } as const] : []), block);
}

/** @throws DomainError `file.selection` for a part that begins where nobody can tell what its bytes mean */
function requireReadable(
  file: OpenFile,
  { tail, byte_offset: byteOffset = 0 }: Input,
  read: LinesRead,
): void {
  const beginsInside = byteOffset > 0 || (tail !== undefined && read.cut?.insideLine === true);
  if (beginsInside && isStateful(read.encoding))
    throw selection(
      `${quotePath(file.path)} is in ${read.encoding}, which can be read from the start of a line only; read it with "offset", or its bytes with "encoding": "base64"`,
    );
}

/** @throws DomainError `file.selection` */
function requireInside(file: OpenFile, { offset, byte_offset: byteOffset = 0 }: Input, lines: number): void {
  if (byteOffset > 0 && lines === 0)
    throw selection(
      `Expected a "byte_offset" below ${file.size}, the size of ${quotePath(file.path)}, got ${byteOffset}`,
    );
  if (offset > 0)
    throw selection(
      `Expected an "offset" below ${lines}, the number of lines in ${quotePath(file.path)}, got ${offset}`,
    );
}

const selection = (message: string) => new DomainError('file.selection', 'invalid', message);

const tooFar = ({ path }: OpenFile, offset: number) =>
  selection(
    `Line ${offset} is not before the long holes of ${quotePath(path)}, a sparse file, and is not looked for behind them; read from a place with "byte_offset", or the last lines with "tail"`,
  );
