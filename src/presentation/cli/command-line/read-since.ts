import type { CommandName } from './command-table.ts';
import { UsageError } from './usage-error.ts';

const MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const USUAL = '24h';

/** The value of `--since`, a date or a time ago: ISO 8601, UTC. @throws UsageError */
export function readSince(text = USUAL, command: CommandName): string {
  const [, amount, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const time =
    amount === undefined ? Date.parse(text) : Date.now() - Number(amount) * (MILLISECONDS[unit] ?? 0);
  const isDate = amount !== undefined || /^\d{4}-\d{2}-\d{2}/.test(text);
  if (isDate && !Number.isNaN(time)) return new Date(time).toISOString();
  throw new UsageError(
    `Expected "--since" to be a time such as 30m, 24h or 7d ago, or a date such as 2026-01-31, got "${text}"`,
    { command },
  );
}
