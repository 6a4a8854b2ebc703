type Looks = readonly (readonly [RegExp, string])[];

/** U+202F is before "PM" in the names of macOS' screenshots, U+00A0 in those of other languages. */
const SPACES: Looks = [[/[\s\u0085]/g, ' ']];

/** One character that others are taken for, by people and by models that copy a name. */
const LOOKS: Looks = [
  // Variation selectors, joiners, marks of direction: nothing to see.
  [/\p{Default_Ignorable_Code_Point}/gu, ''],
  ...SPACES,
  [/[\u02bc\u2018\u2019\u201b\u2032]/g, "'"],
  [/[\u201c\u201d\u201f\u2033]/g, '"'],
  [/[\u2010-\u2013\u2212]/g, '-'],
  [/\u2026/g, '...'],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/** The form in which names that look the same are the same: composed (NFC), with one kind of space, quote and dash. */
export const lookOf = (name: string): string => simplified(name, LOOKS);

/**
 * The form in which names are the same that nobody can mean for two files: composed (NFC), with one kind of space. A dash, a quote
 * or a joiner can tell two apart, and what was not asked for is not to be overwritten.
 */
export const strictLookOf = (name: string): string => simplified(name, SPACES);

function simplified(name: string, looks: Looks): string {
  if (ASCII.test(name)) return name;
  return looks.reduce((look, [found, plain]) => look.replace(found, plain), name).normalize('NFC');
}

/** The difference between two names that look alike: `has U+00A0 for U+0020`. */
export function lookDifference(found: string, given: string): string {
  const ours = [...found];
  const theirs = [...given];
  while (ours.length > 0 && theirs.length > 0 && ours[0] === theirs[0]) {
    ours.shift();
    theirs.shift();
  }
  while (ours.length > 0 && theirs.length > 0 && ours.at(-1) === theirs.at(-1)) {
    ours.pop();
    theirs.pop();
  }
  return `has ${codePoints(ours)} for ${codePoints(theirs)}`;
}

const MOST = 8;

function codePoints(characters: readonly string[]): string {
  if (characters.length === 0) return 'nothing';
  const shown = characters
    .slice(0, MOST)
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  return shown.join(' ') + (characters.length > MOST ? ' …' : '');
}

/** A name for a message, what isn't ASCII in JSON's own way of writing it: so that it can be given back exactly. */
export function spelledName(name: string): string {
  return JSON.stringify(name).replace(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
