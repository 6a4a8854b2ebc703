import type { StoredKind } from '../../application/ports/store.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';

/** The refusal of a change of what has changed since. */
export const storeConflict = (kind: StoredKind, id: string) =>
  new DomainError(
    'store.conflict',
    'conflict',
    `The ${kind} ${id} is not at the version that it was loaded at`,
  );
