import { foreign } from './expression-refusals.ts';

/** A number of times that what came before is to be there, as it is written. */
export interface Quantifier {
  readonly text: string;
  readonly least: number;
  /** Infinity for any number. */
  readonly most: number;
}

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/;

/**
 * Reads the quantifier at the front of what is left; undefined where there is none.
 * @throws DomainError for one that only other dialects have
 */
export function readQuantifier(rest: string): Quantifier | undefined {
  const found = QUANTIFIER.exec(rest);
  if (!found) {
    refuseOpenCount(rest);
    return undefined;
  }
  const [text] = found;
  if (rest.charAt(text.length) === '+' && !text.endsWith('??'))
    throw foreign(`${text}+`, `"${text}": JavaScript gives back what it took`);
  const [least, most] = timesOf(found);
  return { text, least, most };
}

/** True for a count, `{2}` or `{2,}`, at the front of what is left. */
export const beginsWithCount = (rest: string) => rest.startsWith('{') && QUANTIFIER.test(rest);

/** A count without its least: its characters to JavaScript, from none to Python, Ruby and PCRE2. */
function refuseOpenCount(rest: string): void {
  const [found, most] = /^\{,(\d+)\}/.exec(rest) ?? [];
  if (found !== undefined) throw foreign(found, `"{0,${most}}", or "\\${found}" for the characters`);
}

/** Least and most times of what a quantifier says. */
function timesOf([, sign, least, comma, most]: RegExpExecArray): [least: number, most: number] {
  if (sign !== undefined) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
  if (comma === undefined) return [Number(least), Number(least)];
  return [Number(least), most ? Number(most) : Number.POSITIVE_INFINITY];
}
