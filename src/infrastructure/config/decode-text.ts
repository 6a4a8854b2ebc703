import type { Setting } from './settings.ts';

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** The words of YAML 1.1, which the Python server read, and of its environment variables. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 'y', 't', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', 'n', 'f', '0'].map((word) => [word, false] as const),
]);

/** Reads a text as the kind of value its setting has; what doesn't read as that stays text, for the schema to refuse. */
export function decodeText(setting: Setting, text: string): unknown {
  const trimmed = text.trim();
  switch (setting.schema.type) {
    case 'boolean':
      return BOOLEANS.get(trimmed.toLowerCase()) ?? text;
    case 'number':
      return NUMBER.test(trimmed) ? Number(trimmed) : text;
    case 'array':
      return trimmed === '' ? [] : trimmed.split(',').map((item) => item.trim());
    case 'picklist':
      return setting.choices.find((choice) => choice === trimmed.toLowerCase()) ?? text;
    default:
      return text;
  }
}
