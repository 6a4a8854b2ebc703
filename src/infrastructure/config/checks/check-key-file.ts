import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';
import { problemAt } from './problems.ts';

interface KeyFileReport {
  readonly notices: readonly string[];
  readonly problems: readonly ConfigurationProblem[];
}

const NOTHING: KeyFileReport = { notices: [], problems: [] };

const KEY = 'security.api_keys_file';

/** Reads the file of the API keys as a start would. @param isServed false on stdio, where no start reads it: then it is a doubt */
export async function checkKeyFile(
  effective: GivenSettings,
  host: ConfigurationHost,
  isServed: boolean,
): Promise<KeyFileReport> {
  const given = effective.get(KEY);
  if (given === undefined || typeof given.value !== 'string') return NOTHING;
  const { value: path, place } = given;
  if (host.look(path) === undefined) {
    const notice = `File "${path}" (${KEY}, ${place.where}) is not there: nobody is admitted by a key until "tfo-mcp keys create" makes it`;
    return { ...NOTHING, notices: [notice] };
  }
  const fault = await faultOf(path, host);
  if (fault === undefined) return NOTHING;
  return isServed
    ? { ...NOTHING, problems: [problemAt(place, { key: KEY, message: fault })] }
    : { ...NOTHING, notices: [fault] };
}

async function faultOf(path: string, host: ConfigurationHost): Promise<string | undefined> {
  const { parseKeyFile, requireProtected, unreadable } = await import('../../auth/key-file.ts');
  const { MOST_BYTES } = await import('../../auth/short-file.ts');
  const found = host.look(path);
  try {
    if (found?.kind !== 'file') throw unreadable(path, 'it is no regular file');
    requireProtected(path, { mode: BigInt(found.mode ?? 0) });
    const bytes = await host.read(path, MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) throw unreadable(path, `it has more than ${MOST_BYTES} bytes`);
    parseKeyFile(path, new TextDecoder().decode(bytes));
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.message : unreadable(path, (error as Error).message).message;
  }
}
