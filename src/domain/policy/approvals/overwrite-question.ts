import { askAbout, requireWhole, textPart } from './approval-question.ts';

/** Facts that a user has to know before a file's content is lost. */
export interface OverwriteToApprove {
  readonly path: string;
  /** That are to be written. */
  readonly bytes: number;
  /** The state of the file by which a later one is told from it: its size, and when it was changed. */
  readonly state: string;
  /** A unified diff, or a line that says why there is none; empty where nothing changes. */
  readonly change: string;
}

/**
 * The question that a user answers before a file is overwritten. A change that is too long to be shown is told in numbers: what
 * is written is not run.
 * @throws DomainError `approval.too-long`
 */
export function describeOverwrite({ path, bytes, state, change }: OverwriteToApprove): string {
  const file = textPart('Overwrite this file?', path);
  const size = `It will have ${bytes} bytes`;
  const shown = askAbout([file, textPart('The change:', withoutHeader(change))], size);
  if (change !== '' && shown.isWhole) return shown.message;
  const told =
    change === ''
      ? 'with the content that it has'
      : `the change of ${state} is too long to be shown: ${countLines(change)}`;
  return requireWhole(askAbout([file], `${size}; ${told}`), 'write to a file with a shorter path');
}

/** The file is named above. */
const withoutHeader = (diff: string) => diff.replace(/^--- .*\n\+\+\+ .*\n/, '').replace(/\n$/, '');

function countLines(diff: string): string {
  const lines = withoutHeader(diff).split('\n');
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return `at least ${count('+')} lines come, ${count('-')} go`;
}
