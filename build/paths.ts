import { join } from 'node:path';

/** The repository's folder, absolute. */
export const root = join(import.meta.dirname, '..');

/** What the build makes for itself and can make again: downloads, stripped bases, logs. */
export const cache = join(root, '.cache');
