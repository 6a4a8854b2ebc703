/**
 * Every form of import, by its text: types too, which no bundler's graph has. Comments and strings that look like
 * an import count, since a scanner that skips them can be led to skip code.
 */
const importForms = [
  /\bfrom\s*(?<quote>['"])(?<specifier>.+?)\k<quote>/g,
  /\bimport\s*(?<quote>['"])(?<specifier>.+?)\k<quote>/g,
  /\b(?:import|require)\s*\(\s*(?!\))(?:(?<quote>['"`])(?<specifier>[^$]+?)\k<quote>)?/g,
];

/** Specifiers of everything that a source imports; null stands for one that isn't literal. */
export function importsOf(source: string): (string | null)[] {
  return importForms.flatMap((form) =>
    [...source.matchAll(form)].map(({ groups }) => groups?.['specifier'] ?? null),
  );
}
