import * as v from 'valibot';
import { readShortFile } from './short-file.ts';

/** By id, the day (UTC) of the last use. */
export type LastDays = ReadonlyMap<string, string>;

const usesFile = v.strictObject({
  used: v.record(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), v.pipe(v.string(), v.isoDate())),
});

/**
 * The days that a file holds; undefined where there is none, or one that is broken: it is written anew at the next use.
 * @throws Error of a file that may hold some and can't be read
 */
export async function readUsesFile(path: string): Promise<LastDays | undefined> {
  const text = await readShortFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseUses(text);
}

function parseUses(text: string): LastDays | undefined {
  try {
    const { success, output } = v.safeParse(usesFile, JSON.parse(text));
    return success ? new Map(Object.entries(output.used).filter(([, day]) => day <= tomorrow())) : undefined;
  } catch {
    return undefined;
  }
}

/** The last day that it can be anywhere by now: a later one was written by a wrong clock, and would stay for good. */
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

export function usesFileText(days: LastDays): string {
  return `${JSON.stringify({ used: Object.fromEntries(days) }, null, 2)}\n`;
}

/** The latest day of each. */
export function laterDays(one: LastDays, other: LastDays): Map<string, string> {
  const merged = new Map(one);
  for (const [id, day] of other) if (day > (merged.get(id) ?? '')) merged.set(id, day);
  return merged;
}
