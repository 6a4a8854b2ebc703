const BACKTICK = 0x60;

/** Long enough for any name of a language. */
const MAX_LANGUAGE = 40;

/**
 * The name of a language as a user gave it, fit for a sentence: letters, digits, `+ # . _ -` and single spaces. Undefined when
 * nothing of it is left.
 */
export function languageName(given: string | undefined): string | undefined {
  const clean = (given ?? '')
    .slice(0, 200)
    .replace(/[^\p{L}\p{N}+#._-]+/gu, ' ')
    .trim();
  const name = [...clean].slice(0, MAX_LANGUAGE).join('').trim(); // by character: a half of one is none
  return name === '' ? undefined : name;
}

/**
 * The text in a fence that nothing inside it can close (CommonMark 0.31, section 4.5: only as many backticks as opened it, or
 * more, do).
 * @param language as `languageName` made it; the fence's info string
 */
export function fenced(text: string, language?: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const tag = (language ?? '').toLowerCase().replaceAll(' ', '-');
  return `${fence}${tag}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  // One by one: the code can be megabytes of them, and a match each costs a hundred times as much.
  for (let at = text.indexOf('`'); at !== -1 && at < text.length; at++) {
    run = text.charCodeAt(at) === BACKTICK ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
