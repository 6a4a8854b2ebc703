/** Texts of the generated blocks, by their names. */
export type Generators = Readonly<Record<string, () => string>>;

const block = /(<!-- generated:([\w-]+) -->\n)([\s\S]*?)(<!-- \/generated:\2 -->)/g;
const opening = /<!-- generated:[\w-]+ -->/g;

/**
 * The document with every generated block renewed: what stands between `<!-- generated:NAME -->` and
 * `<!-- /generated:NAME -->`, each on a line of its own. Throws when a block has no end or no generator.
 */
export function renewBlocks(document: string, generators: Generators): string {
  const blocks = [...document.matchAll(block)];
  const openings = [...document.matchAll(opening)];
  if (blocks.length < openings.length) {
    throw new Error(
      `Expected every generated block to be closed, got ${openings.length} opened, ${blocks.length} closed`,
    );
  }
  return document.replace(block, (_all, open: string, name: string, _old: string, close: string) => {
    const generate = generators[name];
    if (!generate)
      throw new Error(`Expected a generator in build/documents.ts for the block "${name}", got none`);
    return `${open}${generate().trimEnd()}\n${close}`;
  });
}
