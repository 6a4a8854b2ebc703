import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Everything the benchmark makes or fetches; git-ignored, safe to delete. */
export const cache = join(root, '.cache/bench');

/** The pinned runtime: every server that is Node runs on it, whatever `node` PATH finds. */
export const runtime = join(root, 'node_modules/.bin/node');

/** A copy of the pinned runtime for the harness: on the same file it would share pages with the servers and lower their PSS. */
export const harnessRuntime = join(cache, 'node-harness');

/** Working and home directory of every server, so that no one's own configuration is measured. */
export const home = join(cache, 'home');

/** The folder that the tools read, list and search, and the only directory that servers which ask for one are given. */
export const fixtures = join(cache, 'fixtures');
