import { stripVTControlCharacters } from 'node:util';
import { type TargetName, targets } from '../../../build/targets.ts';
import { type SkipReason, skipReasons } from '../skip.ts';

/** The end of the process of one uvu file. */
export interface SuiteEnd {
  readonly stdout: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The seconds it had, when it did not end within them; else null. */
  readonly deadline: number | null;
}

export interface Verdict {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The fault beyond tests that failed; it counts as one failure when none did. */
  readonly problem: string | null;
}

const totals = /^ {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)$/gm;
const declaredSkip = new RegExp(`^# skip: (${skipReasons.join('|')}): .+$`, 'gm');

/** True if uvu has printed its totals: every test has been run. */
export const hasReported = (stdout: string): boolean => stripVTControlCharacters(stdout).search(totals) >= 0;

/** Counts from uvu's own totals; what they can't know (a crash, a hang, a reason to skip) is a problem. */
export function judge(ending: SuiteEnd): Verdict {
  const stdout = stripVTControlCharacters(ending.stdout);
  const reports = [...stdout.matchAll(totals)].map(([, ...numbers]) => numbers.map(Number));
  const [total = 0, passed = 0, skipped = 0] = reports[0] ?? [];
  const declared = stdout.match(declaredSkip)?.length ?? 0;
  const problem = problemOf(ending, { reports: reports.length, total, passed, skipped, declared });
  return { passed, failed: Math.max(total - passed, problem ? 1 : 0), skipped, problem };
}

const systems: Readonly<Record<string, SkipReason>> = { macos: 'macOS', windows: 'Windows' };

/** The tests that were skipped for want of the system of a target, by their names. */
export function missedOn(target: TargetName, output: string): string[] {
  const missing = `# skip: ${systems[targets[target].os]}: `;
  const lines = stripVTControlCharacters(output).split(/\r?\n/);
  return lines.filter((line) => line.startsWith(missing)).map((line) => line.slice(missing.length));
}

interface Counts {
  readonly reports: number;
  readonly total: number;
  readonly passed: number;
  readonly skipped: number;
  readonly declared: number;
}

function problemOf({ deadline, exitCode, signal }: SuiteEnd, counts: Counts): string | null {
  if (deadline !== null) return `did not end within ${deadline} s and was killed`;
  if (signal) return `was ended by ${signal}`;
  if (counts.reports > 1)
    return 'reported totals twice: call every suite.run() before the first top-level await';
  if (counts.total + counts.skipped === 0) return `ran no test, exit code ${exitCode}`;
  if (exitCode !== 0 && counts.passed === counts.total)
    return `exit code ${exitCode} although its tests passed`;
  if (counts.skipped > counts.declared) {
    const reasons = skipReasons.join(', ');
    return `skipped ${counts.skipped}, ${counts.declared} of them for a reason that is allowed (${reasons}), see skip.ts`;
  }
  return null;
}
