import type { ResourceContents } from '../../domain/shared/content-block.ts';

/** Compact: what a model reads costs by the character. */
export function jsonContents(uri: string, value: object): ResourceContents {
  return { uri, mimeType: 'application/json', text: JSON.stringify(value) };
}
