import { recognizeText, type TextForm } from '../../../../domain/text/recognize-text.ts';
import type { FilesJob, FilesReport, FoundLine } from '../search-messages.ts';
import { absolute, timed, type Work } from './search-work.ts';

// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** The lines of some files that match. */
export function lookIntoFiles(work: Work, { path, names }: FilesJob): FilesReport {
  const { fs, literal, task } = work;
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const found: FoundLine[] = [];
  const skipped = { unreadable: 0, binary: 0, tooLarge: 0 };
  for (const [file, name] of names.entries()) {
    const real = absolute(work, path + name);
    let descriptor: number | undefined;
    try {
      descriptor = fs.openSync(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      const size = readWhole(work, descriptor);
      if (size === undefined) {
        skipped.tooLarge += 1;
        continue;
      }
      const bytes = work.buffer.subarray(0, size);
      const form = recognizeText(bytes.subarray(0, 8192));
      if (form === undefined) {
        skipped.binary += 1;
        continue;
      }
      if (literal !== undefined && form.encoding === 'utf-8' && bytes.indexOf(literal) === -1) continue;
      const text = decoded(bytes, form);
      const lines = timed(work, () => linesOf(work, text));
      if (lines.length > 0 && !isStillThere(work, real, descriptor)) skipped.unreadable += 1;
      else for (const line of lines) found.push({ file, ...line });
      if (found.length > (task.content?.limit ?? 0)) break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      skipped.unreadable += 1;
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
  }
  return { found, ...skipped };
}

/** Reads a file into the buffer; tells how much there is, or undefined where it is too much. */
function readWhole(work: Work, descriptor: number): number | undefined {
  const { fs, settings } = work;
  let size = fs.readSync(descriptor, work.buffer, 0, work.buffer.length, null);
  while (size === work.buffer.length) {
    if (size > settings.maxFileBytes) return undefined;
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile() || stats.size > settings.maxFileBytes) return undefined;
    const larger = Buffer.allocUnsafeSlow(Math.max(stats.size, size) + 65_536);
    work.buffer.copy(larger, 0, 0, size);
    work.buffer = larger;
    size += fs.readSync(descriptor, larger, size, larger.length - size, null);
  }
  return size;
}

/** The text without its mark; what is malformed in it becomes U+FFFD. */
function decoded(bytes: Buffer, { encoding, markBytes }: TextForm): string {
  const text = bytes.subarray(markBytes);
  if (encoding === 'utf-8') return text.toString();
  if (encoding === 'utf-16le') return text.toString('utf16le');
  if (encoding === 'utf-16be')
    return Buffer.from(text.subarray(0, text.length - (text.length % 2)))
      .swap16()
      .toString('utf16le');
  const characters: string[] = [];
  for (let at = 0; at + 4 <= text.length; at += 4) {
    const code = encoding === 'utf-32le' ? text.readUInt32LE(at) : text.readUInt32BE(at);
    characters.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));
  }
  return characters.join('');
}

/** The lines that match, each once. */
function linesOf({ task, settings }: Work, text: string): Omit<FoundLine, 'file'>[] {
  const found: Omit<FoundLine, 'file'>[] = [];
  const { content } = task;
  if (content === undefined) return found;
  let number = 1;
  let counted = 0;
  for (let at = 0; at < text.length && found.length <= content.limit; ) {
    let hit = at;
    if (content.text) {
      content.text.lastIndex = at;
      const match = content.text.exec(text);
      if (match === null) break;
      hit = match.index;
    }
    const start = hit === 0 ? 0 : text.lastIndexOf('\n', hit - 1) + 1;
    const newline = text.indexOf('\n', hit);
    const end = newline === -1 ? text.length : newline;
    if (start === text.length) break; // behind the last line's end
    const line = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end);
    const match = content.line.exec(line);
    if (match !== null) {
      for (
        let next = text.indexOf('\n', counted);
        next !== -1 && next < start;
        next = text.indexOf('\n', counted)
      ) {
        number += 1;
        counted = next + 1;
      }
      const around = surroundings(text, start, end, content.contextLines, settings.maxLineLength);
      found.push({ line: number, text: cut(line, match.index, settings.maxLineLength), ...around });
    }
    at = end + 1;
  }
  return found;
}

/** The lines before and after one, nearest in the middle. */
function surroundings(text: string, start: number, end: number, lines: number, length: number) {
  const before: string[] = [];
  const after: string[] = [];
  for (let to = start - 1; before.length < lines && to >= 0; ) {
    const from = to === 0 ? 0 : text.lastIndexOf('\n', to - 1) + 1;
    before.unshift(cut(text.slice(from, to).replace(/\r$/, ''), 0, length));
    to = from - 1;
  }
  for (let from = end + 1; after.length < lines && from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    after.push(cut(text.slice(from, to).replace(/\r$/, ''), 0, length));
    from = to + 1;
  }
  return { before, after };
}

/** A line of at most so many characters, around what matched. */
function cut(line: string, at: number, length: number): string {
  if (line.length <= length) return line;
  const from = Math.max(0, Math.min(at - Math.floor(length / 4), line.length - length));
  const part = line.slice(from, from + length).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  return `${from > 0 ? '…' : ''}${part}${from + length < line.length ? '…' : ''}`;
}

/** True if the open file is the regular file at this path, reached without a link. */
function isStillThere({ fs, settings }: Work, path: string, descriptor: number): boolean {
  const opened = fs.fstatSync(descriptor, { bigint: true });
  if (!opened.isFile()) return false;
  if (settings.isLinux) return fs.readlinkSync(`/proc/self/fd/${descriptor}`) === path;
  const there = fs.lstatSync(path, { bigint: true });
  return fs.realpathSync.native(path) === path && there.dev === opened.dev && there.ino === opened.ino;
}

/** The rest of this part. */
export const workOnFiles = [readWhole, decoded, linesOf, surroundings, cut, isStillThere];
