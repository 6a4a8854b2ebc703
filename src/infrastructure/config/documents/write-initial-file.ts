import type { InitialConfiguration } from '../../../application/ports/configuration-source.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import { expandPath, userSearchPath } from '../sources/configuration-paths.ts';
import { initialText } from './initial-text.ts';

const FAILURES: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nobody may write there',
  EINVAL: 'it is no regular file',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is no directory',
  ENOSPC: 'the disk is full',
  EBUSY: 'another program has it open',
};

/**
 * Writes a configuration with every setting as a comment.
 * @returns its path
 * @throws DomainError `configuration.exists`, `configuration.no-folder`, `configuration.not-written`
 */
export async function writeInitialFile(
  { file, replace }: InitialConfiguration,
  host: ConfigurationHost,
): Promise<string> {
  const path = file === undefined ? placeOf(host) : expandPath(host, file);
  const failure = await host.write(path, initialText(), { replace }).then(() => undefined, codeOf);
  if (failure === undefined) return path;
  const isFolder = failure === 'EEXIST' && host.look(path)?.kind === 'directory';
  if (failure === 'EEXIST' && !replace && !isFolder) {
    const message = `There is a file "${path}" already; --force replaces it`;
    throw new DomainError('configuration.exists', 'conflict', message);
  }
  const why = isFolder ? FAILURES['EISDIR'] : (FAILURES[failure] ?? `writing failed (${failure})`);
  throw new DomainError('configuration.not-written', 'unavailable', `Can't write "${path}": ${why}`);
}

function codeOf({ code = 'unknown' }: NodeJS.ErrnoException): string {
  return code;
}

/** The user's file that is read, if there is one: beside it, a new one would count in its stead, or not at all. */
function placeOf(host: ConfigurationHost): string {
  const places = userSearchPath(host);
  const place = places.find((candidate) => host.exists(candidate)) ?? places[0];
  if (place !== undefined) return place;
  throw new DomainError(
    'configuration.no-folder',
    'not-found',
    'This user has no home directory; name the file to write: tfo-mcp init-config PATH',
  );
}
