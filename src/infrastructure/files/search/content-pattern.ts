import { readExpression } from '../../../domain/policy/search/expression-reader.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';

/** A regular expression that is matched line by line, and what makes that fast. */
export interface ContentPattern {
  readonly line: RegExp;
  /** Global; finds nothing in a text none of whose lines matches. Absent where that can't be promised. */
  readonly text?: RegExp;
  /** In every line that matches. */
  readonly literal?: string;
}

const LONGEST = 4096;

/** They see beyond the ends of a line when they are matched against a whole text. */
const LOOKS_AROUND = /\(\?<?[=!]/;

/** @throws DomainError `search.content-invalid`, with the engine's reason or the way to write it */
export function contentPattern(written: string, isCaseSensitive: boolean): ContentPattern {
  if (written === '') throw invalid('got none; leave "content" out to find files by name');
  if (written.length > LONGEST) throw invalid(`of at most ${LONGEST} characters, got ${written.length}`);
  const { source, ignoresCase, isMultiline } = readExpression(written);
  const flags = isCaseSensitive && !ignoresCase ? 'u' : 'iu';
  try {
    const line = new RegExp(source, isMultiline ? `m${flags}` : flags);
    const literal = flags === 'u' ? requiredLiteral(source) : undefined;
    return {
      line,
      ...(!LOOKS_AROUND.test(source) && { text: new RegExp(source, `gm${flags}`) }),
      ...(literal !== undefined && { literal }),
    };
  } catch (error) {
    throw invalid(`got one that the engine refuses: ${reasonOf(error)}${hintFor(reasonOf(error))}`);
  }
}

function hintFor(reason: string): string {
  if (/Unterminated|Unmatched|Nothing to repeat|Lone quantifier/.test(reason))
    return '; write "\\" before a character that stands for itself';
  return reason.includes('property name') ? '; write such as "\\p{L}" or "\\p{Script=Han}"' : '';
}

/** The engine's words, without the expression: it has one that nobody wrote. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^Invalid regular expression: .*: ([^:]+)$/s.exec(message)?.[1] ?? message;
}

const invalid = (problem: string) =>
  new DomainError(
    'search.content-invalid',
    'invalid',
    `Expected "content" to be a JavaScript regular expression, ${problem}`,
  );

/** Characters with a meaning of their own; a run of anything else stands for itself. */
const TOKEN = /\\.|\[(?:\\.|[^\]\\])*\]|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu;

/** Escapes whose further characters don't stand for themselves. */
const NUMBERED = /\\[xuckpP\d]/;

/**
 * The longest run of plain characters that every match has to contain; undefined where there is none for sure. It looks only at
 * what is outside of groups, and at nothing where there are alternatives.
 */
export function requiredLiteral(source: string): string | undefined {
  if (source.includes('|') || NUMBERED.test(source)) return undefined;
  let longest = '';
  let run = '';
  let depth = 0;
  const endRun = () => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (const [token] of source.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    const plain = depth === 0 ? plainCharacter(token) : undefined;
    if (plain !== undefined) run += plain;
    else {
      // A repeated part may be missing, but "+" leaves one.
      if (depth === 0 && /^(?:[*?]|\{)/.test(token)) run = [...run].slice(0, -1).join('');
      endRun();
    }
  }
  endRun();
  return longest !== '' && longest.isWellFormed() && !longest.includes('\ufffd') ? longest : undefined;
}

function plainCharacter(token: string): string | undefined {
  if (/^\\[^\w\s]$/u.test(token)) return token.slice(1);
  return /^[^\\^$.*+?()[\]{}|\r\n]$/u.test(token) ? token : undefined;
}
