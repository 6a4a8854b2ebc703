import type { Plugin } from 'esbuild';

const resources = /@anthropic-ai\/sdk\/resources\/.+\.mjs$/;

/** Those that this server calls, and those that all need. */
const called = /\/resources\/(?:index|shared|models|messages\/\w+)\.mjs$/;

/**
 * Leaves out of the bundle what the Claude SDK has for the rest of the API: two thirds of it, which would be read when a
 * conversation begins. Empty classes of the same names stand there; errors stay errors with status and message, since the API may
 * answer any request with any of them. A resource that isn't there fails in the tests over the bundle.
 */
export const slimClaudeSdk: Plugin = {
  name: 'slim-claude-sdk',
  setup(build) {
    let left = 0;
    build.onLoad({ filter: resources }, async ({ path }) => {
      if (called.test(path)) return undefined;
      left++;
      return { contents: emptyModule(Object.keys(await import(path))), loader: 'js' };
    });
    build.onEnd(() =>
      left > 0
        ? undefined
        : { warnings: [{ text: 'the Claude SDK has no resources to leave out: look anew' }] },
    );
  },
};

function emptyModule(names: readonly string[]): string {
  const classes = names.map(
    (name) => `export class ${name} ${name.endsWith('Error') ? 'extends APIError ' : ''}{}`,
  );
  return ["import { APIError } from '@anthropic-ai/sdk/core/error';", ...classes].join('\n');
}
