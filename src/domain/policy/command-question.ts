import type { CommandLine } from './command-line.ts';

/** Everything that decides what will happen, and so what a user has to see before saying yes. */
export interface CommandToApprove {
  readonly line: CommandLine;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string | undefined;
}

const LONGEST_COMMAND = 2000;
const LONGEST_DETAIL = 500;

/** The question that a user answers before a command runs. */
export function describeCommand({ line, directory, environment, stdin }: CommandToApprove): string {
  const what = 'command' in line ? line.command : JSON.stringify(line.argv);
  const parts = [
    `Run this command${'command' in line ? ' with the shell' : ''}?`,
    shown(what, LONGEST_COMMAND),
    `In: ${shown(directory, LONGEST_DETAIL)}`,
  ];
  if (Object.keys(environment).length > 0)
    parts.push(`With variables: ${shown(JSON.stringify(environment), LONGEST_DETAIL)}`);
  if (stdin !== undefined) parts.push(`With input: ${shown(JSON.stringify(stdin), LONGEST_DETAIL)}`);
  return parts.join('\n');
}

/** Cut in its middle, so that nothing can be moved out of sight behind the end. */
function shown(text: string, longest: number): string {
  if (text.length <= longest) return visible(text);
  const half = Math.floor(longest / 2);
  const start = text.slice(0, half).replace(/[\ud800-\udbff]$/, '');
  const end = text.slice(-half).replace(/^[\udc00-\udfff]/, '');
  const left = text.length - start.length - end.length;
  return `${visible(start)} [… ${left} characters not shown …] ${visible(end)}`;
}

/** What would hide or reorder its neighbours on a screen (controls, bidirectional marks, zero widths) is shown by number. */
function visible(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|\p{Cf}|[\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}
