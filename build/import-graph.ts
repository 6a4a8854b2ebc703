import { posix } from 'node:path';
import { importsOf } from './imports.ts';

/** Files and what they import of each other; paths are relative to one folder, with slashes. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the graph from the files' text: types count, too. */
export function importGraph(sources: ReadonlyMap<string, string>): ImportGraph {
  return new Map(
    [...sources].map(([file, source]) => {
      const imported = importsOf(source)
        .filter((specifier) => specifier?.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(file), specifier as string))
        .filter((target) => sources.has(target));
      return [file, new Set(imported)];
    }),
  );
}

/** Groups of files that import each other in circles, each sorted (Tarjan 1972: strongly connected components). */
export function circlesOf(graph: ImportGraph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];

  const visit = (file: string): void => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next))
        lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(next) as number));
    }
    if (lowest.get(file) === number) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || graph.get(file)?.has(file)) circles.push(group.sort());
    }
  };

  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** The number of files that import each. */
export function importersOf(graph: ImportGraph): ReadonlyMap<string, number> {
  const importers = new Map([...graph.keys()].map((file) => [file, 0]));
  for (const imported of graph.values())
    for (const file of imported) importers.set(file, (importers.get(file) ?? 0) + 1);
  return importers;
}
