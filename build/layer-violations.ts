import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { transform } from 'esbuild';
import { importsOf } from './imports.ts';
import { isWithin, type Layer, layerOf } from './layer-rules.ts';

/** Breaches of its layer by a file, a phrase for each. `file` is relative to `src`, with slashes; `source` is its TypeScript. */
export async function violationsOf(file: string, source: string): Promise<string[]> {
  const layer = layerOf(file);
  if (!layer) return ['belongs to no layer of build/layer-rules.ts'];
  const imports = importsOf(source).filter((specifier) => !mayImport(layer, file, specifier));
  const globals = await globalsUsed(source, layer.withoutGlobals);
  return [
    ...imports.map(
      (specifier) => `${layer.path} may not import ${specifier ?? 'what only a variable names'}`,
    ),
    ...globals.map((global) => `${layer.path} may not use ${global}`),
  ];
}

function mayImport(layer: Layer, file: string, specifier: string | null): boolean {
  if (specifier === null) return false;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const inside = (folder: string) => isWithin(target, folder);
    return layer.imports.some(inside) && !layer.except?.some(inside);
  }
  if (isBuiltin(specifier)) return layer.node;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return layer.packages === 'any' || layer.packages.includes(name);
}

/** The globals that the source uses. esbuild's `define` replaces just those, whatever else has the same name. */
async function globalsUsed(source: string, globals: readonly string[]): Promise<string[]> {
  const mark = (global: string) => `FORBIDDEN_${global.replace('.', '_')}`;
  const define = globals.flatMap((global) => [
    [global, mark(global)],
    [`globalThis.${global}`, mark(global)],
  ]);
  const { code } = await transform(source, {
    loader: 'ts',
    target: 'esnext',
    define: Object.fromEntries(define),
  });
  return globals.filter((global) => code.includes(mark(global)));
}
