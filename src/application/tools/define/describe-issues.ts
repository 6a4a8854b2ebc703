import type * as v from 'valibot';
import { nearestName, suggest, suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import type { Schema } from './json-schema.ts';

type Issue = v.BaseIssue<unknown>;

const MAX_ISSUES = 8;
const MAX_SHOWN = 80;

/** Says for each argument that doesn't fit what was expected and what came, so that a model can correct itself. */
export function describeIssues(tool: string, issues: readonly Issue[], schema: Schema): string {
  const known = 'entries' in schema ? Object.keys(schema.entries as object) : [];
  const lines = issues.slice(0, MAX_ISSUES).map((issue) => describe(issue, known));
  if (issues.length > MAX_ISSUES) lines.push(`and ${issues.length - MAX_ISSUES} more`);
  return `The arguments of "${tool}" don't fit: ${lines.join('; ')}`;
}

function describe(issue: Issue, known: readonly string[]): string {
  if (issue.path === undefined) return issue.message; // of the arguments as a whole
  const key = shown(issue.path.map((item) => String(item.key)).join('.'));
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const hint = issue.path.length === 1 ? hintOf(String(issue.path[0]?.key), known) : '';
    return `"${key}" is no argument of this tool${hint}`;
  }
  if (issue.received === 'undefined') return `"${key}" is required`;
  if (issue.type === 'check') return `"${key}": ${issue.message}`;
  const received = shown(jsonName(issue.received));
  if (issue.type === 'integer') return `"${key}": expected a whole number, got ${received}`;
  // A sentence that the schema has of its own says what was expected; valibot's own begin so.
  const expected = issue.message.startsWith('Invalid ')
    ? `expected ${jsonName(issue.expected ?? '')}`
    : issue.message;
  return `"${key}": ${expected}, got ${received}${nearestChoice(issue)}`;
}

/** The end of a sentence about a closed choice. */
function nearestChoice({ type, expected, input }: Issue): string {
  if (type !== 'picklist' || typeof input !== 'string') return '';
  return suggestionOf(
    input,
    [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, choice]) => choice ?? ''),
  );
}

/** The argument that was most likely meant, else all there are. */
function hintOf(name: string, known: readonly string[]): string {
  const found = nearestName(name, known) ?? partlyNamed(name, known);
  if (found !== undefined) return suggest(found);
  return known.length === 0 ? '' : ` (it takes ${known.join(', ')})`;
}

const SHORTEST_PART = 3;

/** The one argument whose name is in the given one, or the other way round: `filePath` for `path`. */
function partlyNamed(name: string, known: readonly string[]): string | undefined {
  const given = plain(name);
  const similar = known.filter((candidate) => {
    const other = plain(candidate);
    return (
      Math.min(given.length, other.length) >= SHORTEST_PART &&
      (given.includes(other) || other.includes(given))
    );
  });
  return similar.length === 1 ? similar[0] : undefined;
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** JSON's word for what the schema library has JavaScript's for. */
const jsonName = (name: string) => (name === 'Array' || name === 'Object' ? name.toLowerCase() : name);

const shown = (text: string) => shorten(text, MAX_SHOWN);
