import type { Setting } from '../schema/settings.ts';
import { readPairs } from '../schema/values/pairs.ts';

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** The words of YAML 1.1, which the Python server read, and of its environment variables. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 'y', 't', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', 'n', 'f', '0'].map((word) => [word, false] as const),
]);

/** Reads a text as the kind of value its setting has; what doesn't read as that stays text, for the schema to refuse. */
export function decodeSetting(setting: Setting, text: string): unknown {
  const trimmed = text.trim();
  switch (setting.schema.type) {
    case 'boolean':
      return BOOLEANS.get(trimmed.toLowerCase()) ?? text;
    case 'number':
      return NUMBER.test(trimmed) ? Number(trimmed) : text;
    case 'array':
      // No text is no list: what was left empty by mistake would mean that there are no such entries.
      if (trimmed === '') return text;
      return trimmed.startsWith('[') ? decodeJson(trimmed) : splitList(trimmed);
    case 'record':
      return (trimmed.startsWith('{') ? decodeJson(trimmed) : readPairs(trimmed)) ?? text;
    case 'picklist':
      return setting.choices.find((choice) => choice === trimmed.toLowerCase()) ?? text;
    default:
      return setting.words?.find((word) => word === trimmed.toLowerCase()) ?? text;
  }
}

function splitList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

/** The way to write an entry with a comma in it. */
function decodeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
