import type { CapturedOutput } from '../../../domain/policy/commands/output-cut.ts';
import type { CommandOutcome, LeftProcess } from '../../ports/processes.ts';

const MOST_NAMED = 10;

/** Facts about a command's end that the model has to know beside its figures, if there are any. */
export function noteOf({ stdout, stderr, leftRunning }: CommandOutcome): string | undefined {
  const notes = [ended(leftRunning), encodingOf('stdout', stdout), encodingOf('stderr', stderr)];
  return notes.filter((note) => note !== undefined).join('\n') || undefined;
}

function ended(left: readonly LeftProcess[]): string | undefined {
  if (left.length === 0) return undefined;
  const named = left.slice(0, MOST_NAMED).map(({ name, pid }) => `${name} (${pid})`);
  if (left.length > MOST_NAMED) named.push(`${left.length - MOST_NAMED} more`);
  return `Ended with the command, which left it running: ${named.join(', ')}. Nothing can be kept running (nohup, setsid and disown don’t help): run it in the foreground, with a timeout as long as it is needed, or ask the user to start it`;
}

function encodingOf(name: string, { encoding, invalidBytes = 0 }: CapturedOutput): string | undefined {
  const lost =
    invalidBytes > 0 &&
    `${invalidBytes} ${invalidBytes === 1 ? 'byte' : 'bytes'} of ${name} ${invalidBytes === 1 ? 'is' : 'are'} not ${encoding ?? 'UTF-8'}, shown as U+FFFD; to see all, convert the output (iconv -f ENCODING -t UTF-8)`;
  if (encoding === undefined) return lost || undefined;
  const read = `${name} is not UTF-8 and was read as ${encoding}, the encoding of the locale`;
  return lost ? `${read}\n${lost}` : read;
}
