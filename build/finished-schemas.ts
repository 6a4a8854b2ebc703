import type { Plugin } from 'esbuild';
import { defaultSurface } from './default-surface.ts';

/**
 * Puts the finished JSON Schemas of the product's tools in place of the module that makes them, and of the library it needs: a
 * client's first question is what tools there are, and it should not wait for that.
 */
export const finishedSchemas: Plugin = {
  name: 'finished-schemas',
  setup(build) {
    build.onLoad({ filter: /\/application\/tools\/json-schema\.ts$/ }, () => ({
      contents: moduleText(),
      loader: 'ts',
    }));
  },
};

function moduleText(): string {
  return `
    const finished = ${JSON.stringify(JSON.stringify(schemas()))};
    let parsed;
    export function jsonSchemaOf(_schema, name) {
      parsed ??= JSON.parse(finished);
      if (!Object.hasOwn(parsed, name)) throw new TypeError('Expected a finished schema ' + name + ', got none: rebuild the bundle');
      return parsed[name];
    }`;
}

function schemas() {
  const { tools } = defaultSurface();
  return Object.fromEntries(
    tools.flatMap(({ tool }) => [
      [`${tool.name}.input`, tool.inputSchema()],
      ...(tool.outputSchema ? [[`${tool.name}.output`, tool.outputSchema()]] : []),
    ]),
  );
}
