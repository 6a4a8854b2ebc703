import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { toolNames } from '../src/application/tools/tool-table.ts';

/** The way in which the table makes a tool: `make: async (…) => (await import('./module.ts')).someTool(…)`. */
const MAKER = /make: async (\([^)]*\) =>\s+)\(await import\(('[^']+')\)\)/g;

/**
 * Loads the tools by `require` where the sources `await import()` them: in one file nothing has to be waited for. Calls that come
 * in one burst would else all be answered through promises, the first time, and V8 would compile everything behind them for
 * both ways: a sixth of what a call costs, for as long as the server runs.
 */
export const toolsAtOnce: Plugin = {
  name: 'tools-at-once',
  setup(build) {
    build.onLoad({ filter: /\/application\/tools\/tool-table\.ts$/ }, ({ path }) => ({
      contents: loadedAtOnce(readFileSync(path, 'utf8'), toolNames.length),
      loader: 'ts',
    }));
  },
};

/** @throws Error if it doesn't find as many makers as there are tools: one of them would be awaited at every call */
export function loadedAtOnce(table: string, tools: number): string {
  let found = 0;
  const contents = table.replace(MAKER, (_, parameters: string, module: string) => {
    found += 1;
    return `make: ${parameters}require(${module})`;
  });
  if (found !== tools)
    throw new Error(`Expected ${tools} tools that are made by one "await import()" each, found ${found}`);
  return contents;
}
