/**
 * Escapes that mean something in another dialect of regular expressions and only their letter in JavaScript, where they would
 * silently find nothing: each with the way to write it here.
 */
export const foreignEscapes: Readonly<Record<string, string>> = {
  A: '"^" for the beginning of a line',
  z: '"$" for the end of a line',
  Z: '"$" for the end of a line',
  G: '"^" for the beginning of a line',
  '<': '"\\b" for the edge of a word, or "<" for the character',
  '>': '"\\b" for the edge of a word, or ">" for the character',
  m: '"\\b" for the edge of a word',
  M: '"\\b" for the edge of a word',
  y: '"\\b" for the edge of a word',
  Y: '"\\B" for what is no edge of a word',
  Q: 'the characters themselves, "\\" before each of ^$.*+?()[]{}|\\',
  E: 'the characters themselves, "\\" before each of ^$.*+?()[]{}|\\',
  h: '"[ \\t]"',
  H: '"[^ \\t]"',
  V: '"."',
  N: '"."',
  X: '"."',
  R: '"$" for the end of a line: lines are searched one by one',
  K: '"(?<=…)" around what comes before',
  a: '"\\x07"',
  e: '"\\x1b"',
  g: '"\\1", or "\\k<name>" for a named group',
  k: '"\\k<name>", with a group "(?<name>…)"',
  o: '"\\x", with two hexadecimal digits',
  p: '"\\p{…}", such as "\\p{L}" or "\\p{Script=Greek}"',
  P: '"\\P{…}", such as "\\P{L}" or "\\P{Script=Greek}"',
  U: '"\\u{…}", with hexadecimal digits',
  L: 'the letters themselves, "(?i)" in front to ignore case',
  l: 'the letters themselves, "(?i)" in front to ignore case',
};

/** Groups that JavaScript has not, by how they begin. */
export const foreignGroups: readonly (readonly [RegExp, string])[] = [
  [/^\(\?P<[^>]*>/, '"(?<name>…)"'],
  [/^\(\?'[^']*'/, '"(?<name>…)"'],
  [/^\(\?P=\w*\)/, '"\\k<name>"'],
  [/^\(\?>/, '"(?:…)"'],
  [/^\(\?\|/, '"(?:…)"'],
  [/^\(\?(?:R\)|[&(]|P>|[+-]?\d)[^)]*\)?/, 'it without recursion and conditions, which JavaScript has not'],
  [/^\(\?#[^)]*\)?/, 'it without comments'],
  [/^\(\?[a-zA-Z^-]+:/, '"(?:…)", with "(?i)" at the very front to ignore case'],
  [/^\(\?[a-zA-Z^-]*\)/, 'only "(?i)", "(?m)" and "(?s)", at the very front'],
  [/^\(\*[A-Z_]+\d*[:=)]?/, 'it without verbs, which JavaScript has not'],
];

const namedSets: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@[-`{-~',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  graph: '!-~',
  print: ' -~',
  ascii: '\\x00-\\x7f',
};

/** A named set of POSIX brackets, at the beginning of a text, with the way to write its members; undefined where there is none. */
export function posixSet(text: string): { readonly found: string; readonly instead: string } | undefined {
  const [found, name = ''] = /^\[([:.=])\^?(\w+)\1\]/.exec(text)?.toSpliced(1, 1) ?? [];
  if (found === undefined) return undefined;
  const members = Object.hasOwn(namedSets, name) ? (namedSets[name] as string) : 'the characters themselves';
  return { found, instead: `${found.startsWith('[:^') ? 'all but ' : ''}"${members}" inside the brackets` };
}
