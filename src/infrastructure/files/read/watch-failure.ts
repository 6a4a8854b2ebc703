import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf, fileFailure } from '../file-failure.ts';

/** The limits behind codes that mean something else for other calls: inotify_init(2), inotify_add_watch(2). */
const LIMITS: Readonly<Record<string, string>> = {
  EMFILE: 'on open files or watchers (on Linux "ulimit -n" and fs.inotify.max_user_instances)',
  ENOSPC: 'on watched directories (on Linux fs.inotify.max_user_watches)',
};

/** As `fileFailure`, for watching. */
export function watchFailure(error: unknown, named: string): unknown {
  const limit = LIMITS[codeOf(error) ?? ''];
  if (limit === undefined) return fileFailure(error, named);
  return new DomainError(
    'file.failed',
    'exhausted',
    `Watching ${quotePath(named)} is more than the system's limit ${limit}; raise it, or unsubscribe from other files`,
  );
}
