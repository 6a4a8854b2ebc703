import { spawn } from 'node:child_process';
import { codePageEncoding } from '../../../domain/policy/commands/code-page.ts';
import { lazily } from '../../../domain/shared/lazily.ts';
import { systemProgram } from '../spawn/system-program.ts';
import type { OutputDecoder } from './decode-output.ts';

/** Milliseconds that chcp has; it takes some 50. */
const PATIENCE_MS = 2000;

/**
 * Reads what Windows' own commands write into a pipe: `dir`, `echo` and most of System32 use the code page of their console.
 * Undefined if that is UTF-8, or can't be told. Asked once.
 */
export const consoleDecoder = lazily(async (): Promise<OutputDecoder | undefined> => {
  const page = await consolePage();
  const encoding = page === undefined ? undefined : codePageEncoding(page);
  return encoding === undefined ? undefined : await decoderOf(encoding);
});

/** The code page of a console that is made for a command; ours may be another, or none. */
async function consolePage(): Promise<number | undefined> {
  const told = await new Promise<string>((resolve) => {
    const child = spawn(systemProgram('chcp.com'), {
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    let text = '';
    child.stdout.setEncoding('latin1').on('data', (part: string) => {
      text += part;
    });
    child.on('error', () => resolve('')); // a Windows without it
    child.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  }).catch(() => ''); // a policy forbids it
  const [page] = /\d+/.exec(told) ?? []; // in words of the system's language
  return page === undefined ? undefined : Number(page);
}

/** @param encoding as `codePageEncoding` names it */
export async function decoderOf(encoding: string): Promise<OutputDecoder | undefined> {
  if (!encoding.startsWith('cp')) return new TextDecoder(encoding);
  const [{ default: most }, { default: more }] = await Promise.all([
    import('iconv-lite/encodings/sbcs-data-generated.js'),
    import('iconv-lite/encodings/sbcs-data.js'),
  ]);
  const encodings = { ...most, ...more };
  const found = Object.hasOwn(encodings, encoding) ? encodings[encoding] : undefined;
  if (typeof found !== 'object') return undefined;
  const upper = [...found.chars];
  const characterOf = (byte: number) => (byte < 0x80 ? String.fromCharCode(byte) : upper[byte - 0x80]);
  return { encoding, decode: (bytes) => Array.from(bytes, characterOf).join('') };
}
