import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import { wholeEnd } from '../text/utf8.ts';
import { MASK, namesSecret, type Redactor } from './redact.ts';

export interface JsonBounds {
  /** Characters that are kept, about. */
  readonly most: number;
  /** Masks secrets, where that is wanted. */
  readonly redactor?: Redactor;
}

/** A text in a value that is too long may take such a part of what is kept: so the short ones beside it stay. */
const SHARE = 16;

/** Characters of a member's name, and levels of arrays and objects, that are kept. */
const LONGEST_NAME = 256;
const DEEPEST = 32;

/** Characters that a number or a value's punctuation counts for. */
const SMALL = 8;

/** Names by which programs take secrets, as variables and as fields, beyond those of this server's own. */
const SECRET_NAME =
  /(?:passw(?:or)?d|passphrase|secret|credentials?|cookie|(?:private|access|api|signing)[_-]?key)$/i;

/** More characters than a secret has: one at the end of what is kept must be known before it is cut. */
const LONGEST_SECRET = 4096;

/**
 * Bounds a value, in a time that is bounded, too. In one that is too long, texts lose their ends, and items and members are left out
 * behind the last that fits; each such place says how much there was. Members are then in the order of their names.
 */
export function boundJson(
  value: JsonObject,
  { most, redactor }: JsonBounds,
): { readonly value: JsonObject; readonly isCut: boolean } {
  const isCut = isTooLong(value, most);
  if (!isCut && redactor === undefined) return { value, isCut };
  const longest = isCut ? most / SHARE : most;
  let left = most;
  const text = (whole: string): string => {
    const beginning = redactor ? redactor.text(whole.slice(0, longest + LONGEST_SECRET)) : whole;
    if (whole.length <= longest) return beginning;
    return `${beginning.slice(0, wholeEnd(beginning, longest))}… (${whole.length} characters)`;
  };
  const part = (whole: JsonValue, depth: number): JsonValue => {
    const kept = typeof whole === 'string' ? text(whole) : whole;
    left -= SMALL + (typeof kept === 'string' ? kept.length : 0);
    if (typeof kept !== 'object' || kept === null) return kept;
    if (depth > DEEPEST) return '…';
    return isJsonObject(kept) ? members(kept, depth) : items(kept, depth);
  };
  const items = (whole: readonly JsonValue[], depth: number): JsonValue => {
    const kept: JsonValue[] = [];
    for (const item of whole) {
      if (isCut && left < 0) return [...kept, `… (${whole.length - kept.length} more)`];
      kept.push(part(item, depth + 1));
    }
    return kept;
  };
  const members = (whole: JsonObject, depth: number): JsonObject => {
    const given = Object.keys(whole); // of a hundred thousand, entries take three times as long
    const names = isCut ? given.sort() : given; // their order must not decide what is left out
    const kept: [string, JsonValue][] = [];
    for (const name of names) {
      if (isCut && left < 0) {
        kept.push(['…', `${names.length - kept.length} more`]);
        break;
      }
      left -= name.length;
      const isSecret = redactor !== undefined && (namesSecret(name) || SECRET_NAME.test(name));
      kept.push([text(name.slice(0, LONGEST_NAME)), isSecret ? MASK : part(whole[name] ?? null, depth + 1)]);
    }
    return Object.fromEntries(kept);
  };
  return { value: members(value, 0), isCut };
}

/** Looks at no more of the value than it has to. */
function isTooLong(value: JsonObject, most: number): boolean {
  let left = most;
  const fits = (part: JsonValue | undefined, depth: number): boolean => {
    left -= SMALL + (typeof part === 'string' ? part.length : 0);
    if (left < 0 || depth > DEEPEST) return false;
    if (Array.isArray(part)) return part.every((item) => fits(item, depth + 1));
    if (!isJsonObject(part)) return true;
    return Object.keys(part).every((name) => {
      left -= name.length;
      return name.length <= LONGEST_NAME && fits(part[name], depth + 1);
    });
  };
  return !fits(value, 0);
}
