import type { Plugin } from 'esbuild';
import { defaultConfiguration } from '../src/infrastructure/config/default-configuration.ts';

/** Puts the finished defaults in place of the module that takes them from the schema: most servers start with nothing else. */
export const finishedConfiguration: Plugin = {
  name: 'finished-configuration',
  setup(build) {
    build.onLoad({ filter: /\/infrastructure\/config\/default-configuration\.ts$/ }, () => ({
      contents: `export const defaultConfiguration = () => (${JSON.stringify(defaultConfiguration())});`,
      loader: 'ts',
    }));
  },
};
