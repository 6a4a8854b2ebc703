import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { alignColumns } from '../terminal/align-columns.ts';

/** Commands that can be typed instead of a message, and their effects. */
const commands = {
  list: ['/list', 'list the conversations, the latest first'],
  show: ['/show [N]', 'show this conversation, or the one with that number in the list'],
  switch: ['/switch N', 'go on with another conversation'],
  new: ['/new', 'begin a new conversation with the next message'],
  help: ['/help', 'show this'],
  quit: ['/quit', 'leave, as the end of the input does'],
} as const satisfies Readonly<Record<string, readonly [typed: string, does: string]>>;

type ChatCommandName = keyof typeof commands;

/** Words of other programs for the same. */
const SYNONYMS: ReadonlyMap<string, ChatCommandName> = new Map([['exit', 'quit']]);

/** The meaning of a line. */
export type ChatLine =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly name: ChatCommandName; readonly operand: string | undefined }
  | { readonly kind: 'mistake'; readonly problem: string };

/** A path such as "/etc/hosts" is a message like any other. */
const COMMAND = /^\/([a-z]+)(?:\s+(\S+))?\s*$/i;

export function readChatLine(line: string): ChatLine {
  const text = line.trim();
  const [, typed, operand] = COMMAND.exec(text) ?? [];
  if (typed === undefined) return { kind: 'message', text };
  const name = SYNONYMS.get(typed.toLowerCase()) ?? typed.toLowerCase();
  if (Object.hasOwn(commands, name)) return { kind: 'command', name: name as ChatCommandName, operand };
  const hint = suggestionOf(name, Object.keys(commands)) || '; /help shows what there is';
  return { kind: 'mistake', problem: `Unknown command "/${typed}"${hint}` };
}

export function chatHelp(): string {
  const rows = alignColumns(Object.values(commands));
  return [
    ...rows,
    'Ctrl-C stops an answer that is coming; a second one, or one between answers, leaves',
  ].join('\n');
}
