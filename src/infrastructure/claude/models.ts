import type { ModelStanding } from '../../application/ports/claude.ts';
import { nearestName } from '../../domain/shared/nearest-name.ts';
import { lastDays, modelNames } from './model-table.ts';

/**
 * This build's knowledge of a model on that day (ISO 8601). A name that the SDK doesn't know is of a model that came after it, or of
 * one that is gone: its version tells, older than all that the SDK still knows.
 */
export function standingOf(model: string, today: string): ModelStanding {
  if (modelNames.includes(model)) return isGone(model, today) ? 'retired' : 'known';
  const version = versionOf(model);
  return version !== undefined && version < oldestVersion() ? 'retired' : 'unknown';
}

/** The known name that was probably meant, still in use on that day. */
export function nearestModel(model: string, today: string): string | undefined {
  return nearestName(
    model,
    modelNames.filter((name) => name !== model && !isGone(name, today)),
  );
}

/** Today's date, as the table has dates. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function isGone(model: string, day: string): boolean {
  const last = lastDays[model];
  return last !== undefined && last < day;
}

function oldestVersion(): number {
  return Math.min(...modelNames.map((name) => versionOf(name) ?? Number.POSITIVE_INFINITY));
}

/** "claude-opus-4-1-20250805" and "claude-3-5-haiku-latest" have versions, 401 and 305; a day has eight digits, a version at most two. */
function versionOf(model: string): number | undefined {
  if (/^claude-(?:instant|v?[12](?:\.\d)?)(?:-|$)/.test(model)) return 0;
  const [, major, minor = '0'] = /^claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2}))?(?![\d.])/.exec(model) ?? [];
  return major === undefined ? undefined : Number(major) * 100 + Number(minor);
}
