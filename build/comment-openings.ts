/** A comment that begins with a question word, by the line on which it begins. */
export interface QuestionComment {
  readonly line: number;
  readonly word: string;
}

/** Words that put a question before the thing: "Whether it is open" says less at once than "True if it is open". */
const QUESTION = '(?:What|Who|Whom|Whose|Whether|How|Where|Which|Why)(?:ever)?';

/** The beginning of a comment that has its lines for itself; text behind code may be a phrase. */
const OPENING = new RegExp(`^[ \\t]*(?:/\\*\\*?(?:[ \\t]*\\n[ \\t]*\\*)?|//)[ \\t]*(${QUESTION})\\b`, 'gm');

/** Finds the comments whose first word is a question word. A sentence further on may begin with one. */
export function questionCommentsOf(source: string): readonly QuestionComment[] {
  const found = [...source.matchAll(OPENING)].map(({ index, 1: word = '' }) => ({ at: index, word }));
  return found
    .filter(({ at }) => !isContinued(source, at))
    .map(({ at, word }) => ({ line: source.slice(0, at).split('\n').length, word }));
}

/** True if the line before, too, is a comment of `//`: then this one goes on with it. */
function isContinued(source: string, at: number): boolean {
  if (!/^[ \t]*\/\//.test(source.slice(at))) return false;
  const before = source.slice(0, at).split('\n').at(-2) ?? '';
  return /^[ \t]*\/\//.test(before);
}
