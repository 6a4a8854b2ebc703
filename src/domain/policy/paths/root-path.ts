import { isFileUri, pathOfFileUri } from '../../resource/file-uri.ts';
import { DomainError } from '../../shared/domain-error.ts';
import { splitRoot } from './absolute-path.ts';
import type { PathPlatform } from './path-platform.ts';

/**
 * The absolute path that a client's root names, or why it names none here. The specification wants `file://` URIs; some clients
 * send the path itself.
 */
export function rootPath(
  uri: string,
  platform: PathPlatform,
): { readonly path: string } | { readonly why: string } {
  if (!isFileUri(uri)) {
    const isPath = splitRoot(uri, platform).root !== '';
    return isPath ? { path: uri } : { why: 'It is neither a file URI nor an absolute path' };
  }
  try {
    const path = pathOfFileUri(uri, platform);
    return splitRoot(path, platform).root === '' ? { why: 'It has no drive' } : { path };
  } catch (error) {
    if (error instanceof DomainError) return { why: error.message };
    throw error;
  }
}
