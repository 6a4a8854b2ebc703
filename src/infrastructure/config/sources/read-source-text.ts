import type { ConfigurationHost } from '../configuration-host.ts';

const MOST_BYTES = 1024 * 1024;

export type SourceText =
  | { readonly text: string }
  | { readonly failure: string; readonly line?: number; readonly column?: number };

export const NO_SUCH_FILE = 'there is no such file';

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: NO_SUCH_FILE,
  ENOTDIR: NO_SUCH_FILE,
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read by this user',
  EPERM: 'it may not be read by this user',
  ELOOP: 'its links lead to each other',
  ENXIO: 'it is a socket, or a pipe that nobody writes to',
};

/** The text of a small UTF-8 file, without its byte order mark; or why there is none, as the end of a sentence. */
export async function readSourceText(host: ConfigurationHost, path: string): Promise<SourceText> {
  let bytes: Uint8Array;
  try {
    bytes = await host.read(path, MOST_BYTES + 1);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { failure: FAILURES[code] ?? `reading it failed (${code})` };
  }
  if (bytes.length > MOST_BYTES) return { failure: `it is larger than ${MOST_BYTES} bytes` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { failure: 'it is not UTF-8', ...firstInvalid(bytes) };
  }
}

/** The place where decoding first failed. */
function firstInvalid(bytes: Uint8Array): { line: number; column: number } {
  const [valid = ''] = new TextDecoder().decode(bytes).split('\uFFFD', 1);
  const lines = valid.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
