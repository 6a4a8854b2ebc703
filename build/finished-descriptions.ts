import type { Plugin } from 'esbuild';
import { defaultSurface } from './default-surface.ts';

/**
 * Puts the finished descriptions of the product's tools in place of the module that has none, so that neither the tools nor the
 * library that makes their schemas is loaded to list them.
 */
export const finishedDescriptions: Plugin = {
  name: 'finished-descriptions',
  setup(build) {
    build.onLoad({ filter: /\/composition\/finished-descriptions\.ts$/ }, async () => ({
      contents: await moduleText(),
      loader: 'ts',
    }));
  },
};

/** The text is parsed at the start: V8 reads JSON faster than the same as code. */
async function moduleText(): Promise<string> {
  const { limits, tools } = await defaultSurface();
  const descriptions = Object.fromEntries(
    tools.map(({ tool: { inputSchema, outputSchema, ...description } }) => [
      description.name,
      { ...description, inputSchema: inputSchema(), outputSchema: outputSchema?.() },
    ]),
  );
  return `
    const finishedFor = ${JSON.stringify(JSON.stringify(limits))};
    const finished = ${JSON.stringify(JSON.stringify(descriptions))};
    export const finishedDescriptions = (limits) =>
      JSON.stringify(limits) === finishedFor ? JSON.parse(finished) : {};`;
}
