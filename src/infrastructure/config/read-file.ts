import type { ConfigurationProblem } from '../../application/ports/configuration-source.ts';
import { nearestName } from '../../domain/shared/nearest-name.ts';
import { decodeText } from './decode-text.ts';
import type { GivenSetting, Layer } from './given-setting.ts';
import { parseYaml, type SourceEntry, type SourceNode } from './parse-yaml.ts';
import { describeValue, problemAt } from './problems.ts';
import { UNUSED_SECTIONS } from './schema.ts';
import { findSetting, settings } from './settings.ts';

const SECTIONS: readonly string[] = [...new Set(settings.map(({ section }) => section))];

interface MutableLayer extends Layer {
  readonly given: Map<string, GivenSetting>;
  readonly notices: string[];
  readonly problems: ConfigurationProblem[];
}

/** The layer of the configuration file: what its known sections say, with the place of every value. */
export async function readFile(path: string, text: string): Promise<Layer> {
  const layer: MutableLayer = { given: new Map(), notices: [], problems: [] };
  const parsed = await parseYaml(path, text);
  if ('problems' in parsed) layer.problems.push(...parsed.problems);
  else for (const entry of entriesOf(layer, parsed.root)) readSection(layer, entry);
  return layer;
}

function readSection(layer: MutableLayer, { key: section, place, value }: SourceEntry): void {
  if (UNUSED_SECTIONS.includes(section)) {
    layer.notices.push(`Section "${section}" (${place.where}) is not used by this version`);
  } else if (SECTIONS.includes(section)) {
    for (const entry of entriesOf(layer, value, section)) readSetting(layer, section, entry);
  } else {
    const suggestion = nearestName(section, [...SECTIONS, ...UNUSED_SECTIONS]);
    const message = `Unknown section ${describeValue(section)}`;
    layer.problems.push(problemAt(place, { key: section, message, ...(suggestion && { suggestion }) }));
  }
}

function readSetting(
  layer: MutableLayer,
  section: string,
  { key: name, place, value: node }: SourceEntry,
): void {
  const key = `${section}.${name}`;
  const setting = findSetting(key);
  if (setting === undefined) {
    const suggestion = suggestSetting(section, name);
    const message = `Unknown key ${describeValue(key)}`;
    layer.problems.push(problemAt(place, { key, message, ...(suggestion && { suggestion }) }));
  } else if (node.kind === 'alias') {
    layer.problems.push(aliasProblem(node, key));
  } else {
    const raw = node.kind === 'mapping' ? {} : node.value;
    // Templates and older configurations write null or "" for what they don't set.
    if (raw === null || (raw === '' && setting.defaultValue === undefined)) return;
    const value = typeof raw === 'string' ? decodeText(setting, raw) : raw;
    layer.given.set(key, { setting, value, place: node.place });
  }
}

/** The entries of the root or a section, each key once. Null is empty: `logging:` with everything commented out. */
function entriesOf(layer: MutableLayer, node: SourceNode, section?: string): readonly SourceEntry[] {
  if (node.kind === 'mapping') return withoutDuplicates(layer, node.entries(), section);
  if (node.kind === 'alias') layer.problems.push(aliasProblem(node, section));
  else if (node.value !== null) {
    const message = `Expected ${section ?? 'the file'} to be a mapping of keys to values, got ${describeValue(node.value)}`;
    layer.problems.push(problemAt(node.place, { message, ...(section && { key: section }) }));
  }
  return [];
}

function withoutDuplicates(
  layer: MutableLayer,
  entries: readonly SourceEntry[],
  section: string | undefined,
): readonly SourceEntry[] {
  const first = new Map<string, SourceEntry>();
  for (const entry of entries) {
    const earlier = first.get(entry.key);
    if (earlier === undefined) {
      first.set(entry.key, entry);
    } else {
      const key = section === undefined ? entry.key : `${section}.${entry.key}`;
      const message = `Key ${describeValue(key)} is given twice, first in line ${earlier.place.line}`;
      layer.problems.push(problemAt(entry.place, { key, message }));
    }
  }
  return [...first.values()];
}

/** Aliases are refused where they would count, so that no alias can stand for a mountain of values. */
function aliasProblem({ place }: SourceNode, key: string | undefined): ConfigurationProblem {
  const message = `Expected ${key ?? 'the file'} to be written out, got a YAML alias`;
  return problemAt(place, { message, ...(key && { key }) });
}

/** The nearest key of the section, else the same name in another section. */
function suggestSetting(section: string, name: string): string | undefined {
  const siblings = settings.filter((setting) => setting.section === section);
  const nearest = nearestName(
    name,
    siblings.map((setting) => setting.name),
  );
  if (nearest !== undefined) return `${section}.${nearest}`;
  return settings.find((setting) => setting.name === name)?.key;
}
