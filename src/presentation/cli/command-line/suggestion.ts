import { nearestName } from '../../../domain/shared/nearest-name.ts';

/** The end of a sentence about an unknown name: what was probably meant, or nothing. */
export function suggestion(
  name: string,
  candidates: Iterable<string>,
  write = (found: string) => found,
): string {
  const found = nearestName(name, candidates);
  return found === undefined ? '' : `; did you mean "${write(found)}"?`;
}
