import { build as bundleAlone, type Metafile, type Plugin } from 'esbuild';
import { folderOfPackage } from './release/bundled-packages.ts';

/**
 * Packages that only a configured server needs, as the sources import them: what shares versions is one set, from the first one
 * to the last. They go into a second file.
 */
export const optionalPackages = [
  '@opentelemetry/api',
  '@opentelemetry/core',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/otlp-exporter-base',
  '@opentelemetry/otlp-transformer',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-trace',
];

/** The second file's name. It lies beside the bundle; the executable carries it. */
export const optionalFile = 'optional.cjs';

/** The Claude SDK has this one in the bundle, for itself: copies of it share what they know, in `globalThis`. */
const MAY_BE_IN_BOTH = 'node_modules/@opentelemetry/api';

/** Namespaces of modules that are made here: those that stand for packages, and those that name what is used of them. */
const STAND_IN = 'optional';
const USED = 'used';

/**
 * Puts packages into a second file, which is read when the first of them is loaded: in the bundle they would cost time and memory at
 * every start. Of each it has the names that the bundle imports, or all where it says `await import()`. Sources import them as any
 * other, in modules that are loaded late. Packages only: two copies of our own code would have two classes of each error.
 */
export const optionalInSecondFile = (packages: readonly string[] = optionalPackages): Plugin => ({
  name: 'optional-in-second-file',
  setup(build) {
    build.onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
      packages.includes(path) ? { path, namespace: STAND_IN } : undefined,
    );
    build.onResolve({ filter: /^/, namespace: STAND_IN }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /^/, namespace: STAND_IN }, async ({ path }) => ({
      contents: standIn(path, Object.keys(await import(path))),
    }));
    build.onEnd(async ({ outputFiles = [], metafile = { inputs: {}, outputs: {} } }) => {
      const uses = usesIn(outputFiles.map(({ text }) => text).join(''), packages);
      const second = await bundleAlone({
        ...build.initialOptions,
        banner: { js: '"use strict";' },
        entryPoints: [],
        stdin: { contents: tableOf(uses), resolveDir: build.initialOptions.absWorkingDir ?? '' },
        plugins: [onlyUsed(uses)],
        metafile: true,
        write: false,
      });
      for (const file of second.outputFiles) outputFiles.push({ ...file, path: optionalFile });
      const both = packagesInBoth(metafile, second.metafile);
      for (const output of Object.values(second.metafile.outputs)) metafile.outputs[optionalFile] = output;
      withoutMadeUp(metafile);
      return { warnings: second.warnings, errors: both.map((folder) => ({ text: refusalOf(folder) })) };
    });
  },
});

/** Stands for a package in the bundle, where of the names that it exports those remain that are imported. */
function standIn(name: string, exported: readonly string[]): string {
  const names = exported.filter((text) => /^[\w$]+$/.test(text));
  return [
    `const loaded = require('./${optionalFile}').get("${name}")();`,
    'const take = (_package, name) => loaded[name];',
    ...names.map((text, at) => `const _${at} = /* @__PURE__ */ take("${name}", "${text}");`),
    `export { ${names.map((text, at) => `_${at} as ${text}`).join(', ')} };`,
  ].join('\n');
}

/** The names that a bundle takes of each package that it loads. */
type Uses = ReadonlyMap<string, readonly string[]>;

/** Reads from the bundle's text what is left of the modules that stand for packages. */
function usesIn(text: string, packages: readonly string[]): Uses {
  const loaded = packages.filter((name) => text.includes(`.get("${name}")()`));
  const taken = (name: string) => text.matchAll(new RegExp(`\\("${name}", ?"([\\w$]+)"\\)`, 'g'));
  return new Map(loaded.map((name) => [name, [...taken(name)].map(([, used = '']) => used)]));
}

/** The second file's own code: for each package a function, which loads it at its first call. */
function tableOf(uses: Uses): string {
  const rows = [...uses.keys()].map((name) => `['${name}', () => require('${USED}:${name}')]`);
  return `module.exports = new Map([${rows.join(', ')}]);`;
}

/** Names what is used of each package: by `require` of the package itself one would get its CommonJS, if it has such, and all of it. */
const onlyUsed = (uses: Uses): Plugin => ({
  name: 'only-used',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${USED}:`) }, ({ path, resolveDir }) => ({
      path: path.slice(USED.length + 1),
      namespace: USED,
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /^/, namespace: USED }, ({ path, pluginData: resolveDir }) => ({
      contents: `export { ${uses.get(path)?.join(', ')} } from '${path}';`,
      resolveDir,
    }));
  },
});

/** The folders of packages of which two bundles have code. */
function packagesInBoth(...bundles: readonly [Metafile, Metafile]): string[] {
  const [first, second] = bundles.map(({ outputs }) => {
    const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
    const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return new Set(used.flatMap(([path]) => folderOfPackage(path) ?? []));
  });
  return [...(first ?? [])].filter((folder) => second?.has(folder) && folder !== MAY_BE_IN_BOTH);
}

function refusalOf(folder: string): string {
  return (
    `Expected a package to be in one file, got ${folder} in the bundle and in ${optionalFile}; name what the bundle ` +
    'imports of it in build/optional-packages.ts, or import nothing of it'
  );
}

/** Leaves the files among the sources of what was made: licenses are asked of them. */
function withoutMadeUp({ outputs }: Metafile): void {
  const madeUp = new RegExp(`^(?:<stdin>$|${STAND_IN}:|${USED}:)`);
  for (const { inputs } of Object.values(outputs))
    for (const path of Object.keys(inputs)) if (madeUp.test(path)) delete inputs[path];
}
