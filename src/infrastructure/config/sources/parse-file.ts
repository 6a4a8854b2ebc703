import type { Layer } from './given-setting.ts';
import { parseYaml } from './parse-yaml.ts';
import { readSections } from './read-sections.ts';

/** The layer of the configuration file: what its known sections say, with the place of every value. */
export async function readFile(path: string, text: string): Promise<Layer> {
  const parsed = await parseYaml(path, text);
  if ('problems' in parsed) return { given: new Map(), notices: [], problems: parsed.problems };
  return readSections([{ node: parsed.root }]);
}
