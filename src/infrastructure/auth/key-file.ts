import type { BigIntStats } from 'node:fs';
import * as v from 'valibot';
import type { ApiKey } from '../../application/ports/key-store.ts';
import { grants } from '../../domain/policy/scope.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { readShortFile } from './short-file.ts';

/** ISO 8601 has forms that `Date` makes nothing of, such as hours alone behind the time. */
const moment = () => v.pipe(v.string(), v.isoTimestamp(), v.check(isMoment));
const isMoment = (text: string) => !Number.isNaN(Date.parse(text));

const apiKey = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  name: v.optional(v.string()),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  scopes: v.array(v.picklist(grants)),
  created: moment(),
  expires: v.optional(moment()),
});

/** `{ "keys": [...] }` and nothing else: what isn't understood could be what was meant to keep someone out. */
const keyFile = v.strictObject({
  keys: v.pipe(
    v.array(apiKey),
    v.check((keys) => new Set(keys.map(({ id }) => id)).size === keys.length),
  ),
});

/** The keys that a file holds; undefined when there is no file. @throws DomainError `keys.unreadable` */
export async function readKeyFile(path: string): Promise<readonly ApiKey[] | undefined> {
  const text = await readShortFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(path, error.message);
  });
  return text === undefined ? undefined : parseKeyFile(path, text);
}

/** The keys in the text of a key file. @throws DomainError `keys.unreadable` */
export function parseKeyFile(path: string, text: string): readonly ApiKey[] {
  const content = parseJson(text);
  if (content === undefined) throw unreadable(path, 'it is no JSON');
  const { success, output, issues } = v.safeParse(keyFile, content);
  if (success) return output.keys;
  throw unreadable(path, `it has something else at "${v.getDotPath(issues[0]) ?? 'its root'}"`);
}

export function keyFileText(keys: readonly ApiKey[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}

/** Refuses a file that others can write: they could let themselves in. @throws DomainError `keys.unreadable` */
export function requireProtected(path: string, { mode }: Pick<BigIntStats, 'mode'>): void {
  if (process.platform === 'win32' || (mode & 0o022n) === 0n) return;
  throw unreadable(path, 'others than its owner can write it; take that away by "chmod go-w"');
}

export function unreadable(path: string, why: string): DomainError {
  return new DomainError(
    'keys.unreadable',
    'unavailable',
    `Expected "${path}" (security.api_keys_file) to be a file of API keys, as "tfo-mcp keys create" makes it: ${why}`,
  );
}

/** The parser's own message would show what is in the file. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
