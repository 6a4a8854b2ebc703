import { build as bundleAlone, type Metafile, type Plugin } from 'esbuild';

const name = '@anthropic-ai/sdk';

const resources = /@anthropic-ai\/sdk\/resources\/.+\.mjs$/;

/** Those that this server calls, and those that all need. */
const called = /\/resources\/(?:index|shared|models|messages\/\w+)\.mjs$/;

/**
 * Makes the Claude SDK one function in the bundle, which is compiled when a conversation begins: side by side with the rest, its
 * thousand functions would be made at every start. And leaves out what it has for the rest of the API, two thirds of it.
 */
export const slimClaudeSdk: Plugin = {
  name: 'slim-claude-sdk',
  setup(build) {
    const sources: Metafile['outputs'][string]['inputs'] = {};
    build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ resolveDir }) => ({
      path: name,
      namespace: name,
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /^/, namespace: name }, async ({ pluginData: resolveDir }) => {
      const { outputFiles, warnings, metafile } = await bundleAlone({
        ...build.initialOptions,
        banner: {},
        entryPoints: [],
        stdin: { contents: `export * from '${name}';`, resolveDir },
        plugins: [leaveOut],
        write: false,
      });
      for (const { inputs } of Object.values(metafile?.outputs ?? {})) Object.assign(sources, inputs);
      delete sources['<stdin>'];
      return { contents: outputFiles?.[0]?.text ?? '', loader: 'js', warnings };
    });
    // The whole names its sources, since their licenses ask for it, and not the one function.
    build.onEnd(({ metafile }) => {
      for (const { inputs } of Object.values(metafile?.outputs ?? {})) {
        if (!(`${name}:${name}` in inputs)) continue;
        delete inputs[`${name}:${name}`];
        Object.assign(inputs, sources);
      }
    });
  },
};

/**
 * Empty classes stand for what is left out; errors stay errors with status and message, since the API may answer any request with
 * any of them. What is called and isn't there fails in the tests over the bundle.
 */
const leaveOut: Plugin = {
  name: 'leave-out',
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
