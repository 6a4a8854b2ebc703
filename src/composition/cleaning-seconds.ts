const LEAST = 0.3;

/** Of the seconds that stopping may take, those to clean up in: a quarter, but enough for a process; never more than half. */
export function cleaningSeconds(seconds: number): number {
  return Math.min(Math.max(seconds / 4, LEAST), seconds / 2);
}
