import { readFileSync, readlinkSync } from 'node:fs';

const SIGHUP_BIT = 1n;
const WRITE_ONLY = 0o1;

/**
 * True if this process was started to outlive its terminal, by `nohup` or by a parent that ignores SIGHUP. Node.js has set the
 * signal back to its default before it runs anything, so that this looks for traces of it; where there are none, SIGHUP ends it.
 */
export function outlivesTerminal(): boolean {
  return (
    wasStartedBy('nohup') || (process.platform === 'linux' && (parentIgnoresHangup() || hasInputOfNohup()))
  );
}

/** Most shells export the path of the program that they start as `_`, and nohup becomes the program that it starts. */
function wasStartedBy(program: string): boolean {
  return process.env['_']?.split('/').at(-1) === program;
}

function parentIgnoresHangup(): boolean {
  const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(read(`/proc/${process.ppid}/status`))?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & SIGHUP_BIT) !== 0n;
}

/** In place of a terminal, nohup of GNU gives an input that can't be read: /dev/null, opened for writing. */
function hasInputOfNohup(): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(read('/proc/self/fdinfo/0'))?.[1];
  if (flags === undefined || (Number.parseInt(flags, 8) & 0o3) !== WRITE_ONLY) return false;
  try {
    return readlinkSync('/proc/self/fd/0') === '/dev/null';
  } catch {
    return false;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // without /proc
  }
}
