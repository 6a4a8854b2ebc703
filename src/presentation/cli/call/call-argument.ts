import type { JsonValue } from '../../../domain/shared/json.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** One argument as typed: text that has yet to become what the tool wants, or JSON that is it already. */
export type CallArgument =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly json: JsonValue };

/** Reads `key=value` and `key:=JSON`. @throws UsageError */
export function readCallArguments(words: readonly string[]): readonly CallArgument[] {
  const seen = new Set<string>();
  return words.map((word) => {
    const argument = readCallArgument(word);
    if (seen.has(argument.key))
      throw usage(`Expected "${argument.key}" once, got it twice; lists are given as JSON`);
    seen.add(argument.key);
    return argument;
  });
}

function readCallArgument(word: string): CallArgument {
  const [, key, mark, value = ''] = /^([^=]+?)(:?=)(.*)$/s.exec(word) ?? [];
  if (key === undefined) throw usage(`Expected an argument as KEY=VALUE or KEY:=JSON, got "${word}"`);
  return mark === '=' ? { key, text: value } : { key, json: readJson(key, value) };
}

function readJson(key: string, text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`Expected JSON after "${key}:=", got "${text}"`, { command: 'call', cause });
  }
}

const usage = (message: string) => new UsageError(message, { command: 'call' });
