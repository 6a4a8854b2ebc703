import type { Test } from 'uvu';

/** Things that a machine may lack without the run failing; nothing else is a reason not to run a test. */
export const skipReasons = [
  'npm',
  'git',
  'wine',
  'qemu',
  'macOS',
  'Windows',
  'ClickHouse',
  'nginx',
  'caddy',
  'user namespaces',
  'signals',
  'the fake platform',
] as const;

export type SkipReason = (typeof skipReasons)[number];

/** Skips a test and says so in the form that `run-suites.ts` accepts: uvu keeps no reasons. */
export function skip(suite: Test<unknown>, reason: SkipReason, name: string): void {
  suite.skip(name);
  console.log(`# skip: ${reason}: ${name}`);
}
