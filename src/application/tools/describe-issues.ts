import type * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;

const MAX_ISSUES = 8;
const MAX_SHOWN = 80;

/** Says for each argument that doesn't fit what was expected and what came, so that a model can correct itself. */
export function describeIssues(tool: string, issues: readonly Issue[]): string {
  const lines = issues.slice(0, MAX_ISSUES).map(describe);
  if (issues.length > MAX_ISSUES) lines.push(`and ${issues.length - MAX_ISSUES} more`);
  return `The arguments of "${tool}" don't fit: ${lines.join('; ')}`;
}

function describe(issue: Issue): string {
  if (issue.path === undefined) return issue.message; // of the arguments as a whole
  const path = issue.path.map((item) => String(item.key)).join('.');
  const key = path.length > MAX_SHOWN ? `${path.slice(0, MAX_SHOWN)}…` : path;
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return `"${key}" is no argument of this tool`;
  if (issue.received === 'undefined') return `"${key}" is required`;
  if (issue.expected === null) return `"${key}": ${issue.message}`;
  return `"${key}": expected ${issue.expected}, got ${shown(issue.received)}`;
}

const shown = (received: string) =>
  received.length > MAX_SHOWN ? `${received.slice(0, MAX_SHOWN)}…` : received;
