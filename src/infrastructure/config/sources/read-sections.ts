import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { describeValue, problemAt, shownKey } from '../checks/problems.ts';
import { dottedName, unknownName } from '../checks/unknown-name.ts';
import { allSections, findSetting, type Setting } from '../schema/settings.ts';
import { decodeSetting } from './decode-setting.ts';
import type { GivenSetting, Layer } from './given-setting.ts';
import {
  fateOf,
  type GivenOlderKey,
  meaningOfOlder,
  olderKeyNotices,
  UNUSED_SECTIONS,
} from './older-names.ts';
import { emptyNotice, isGuard } from './our-variables.ts';
import { parseYaml, type SourceEntry, type SourceNode } from './parse-yaml.ts';

interface MutableLayer extends Layer {
  readonly given: Map<string, GivenSetting>;
  readonly notices: string[];
  /** Notices of sections that nobody reads. */
  readonly unused: string[];
  readonly problems: ConfigurationProblem[];
  readonly olderKeys: GivenOlderKey[];
}

/** A tree of sections to read, from its root or from that of one section. */
export interface SourceTree {
  readonly node: SourceNode;
  /** Undefined for the root of all. */
  readonly section?: string;
}

/** The layer of what the trees say in the sections that are known, with the place of every value. */
export function readSections(trees: readonly SourceTree[]): Layer {
  const layer: MutableLayer = { given: new Map(), notices: [], unused: [], problems: [], olderKeys: [] };
  for (const { node, section } of trees) readSection(layer, node, section);
  const { given, notices, unused, problems, olderKeys } = layer;
  const ofOlder = [...unused, ...olderKeyNotices(olderKeys)];
  return { given, notices: [...notices, ...ofOlder], ofOlder, problems };
}

function readSection(layer: MutableLayer, node: SourceNode, section?: string): void {
  for (const entry of entriesOf(layer, node, section)) readEntry(layer, entry, section);
}

function readEntry(layer: MutableLayer, { key: name, place, value }: SourceEntry, section?: string): void {
  const key = section === undefined ? name : `${section}.${name}`;
  const setting = findSetting(key);
  if (name.includes('.')) {
    // "server.name" as one name must not pass for two.
    layer.problems.push(dottedName(place, name, section));
  } else if (section === undefined && UNUSED_SECTIONS.includes(name)) {
    layer.unused.push(`Section "${name}" (${place.where}) is not used by this version`);
  } else if (allSections().has(key)) {
    readSection(layer, value, key);
  } else if (setting !== undefined) {
    readSetting(layer, setting, value);
  } else if (fateOf(key) !== undefined) {
    layer.olderKeys.push({ key, place });
    const meant = findSetting(meaningOfOlder(key) ?? '');
    if (meant !== undefined && !layer.given.has(meant.key)) readSetting(layer, meant, value);
  } else {
    layer.problems.push(unknownName(place, name, section));
  }
}

function readSetting(layer: MutableLayer, setting: Setting, node: SourceNode): void {
  const { key } = setting;
  if (node.kind === 'alias') {
    layer.problems.push(aliasProblem(node, key));
  } else {
    const raw = node.kind === 'mapping' ? readMapping(layer, setting, node) : node.value;
    // Templates and older configurations write null or "" for what they don't set.
    if (raw === null) return;
    if (raw === '' && setting.defaultValue === undefined) {
      if (isGuard(key)) layer.notices.push(emptyNotice(`Setting "${key}" (${node.place.where})`));
      return;
    }
    const value = typeof raw === 'string' ? decodeSetting(setting, raw) : raw;
    const entryPlaces = node.kind === 'value' ? node.entryPlaces : undefined;
    layer.given.set(key, { setting, value, place: node.place, ...(entryPlaces && { entryPlaces }) });
  }
}

/** A mapping that is a value: of texts, else of nothing that a setting could take. */
function readMapping(layer: MutableLayer, { key, schema }: Setting, node: SourceNode & { kind: 'mapping' }) {
  if (schema.type !== 'record') return {};
  return Object.fromEntries(
    withoutDuplicates(layer, node.entries(), key).map(({ key: name, value }) => [
      name,
      value.kind === 'value' ? value.value : {},
    ]),
  );
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
      const shown = shownKey(section, entry.key);
      layer.problems.push(problemAt(entry.place, { ...(shown !== undefined && { key: shown }), message }));
    }
  }
  return [...first.values()];
}

/** Aliases are refused where they would count, so that no alias can stand for a mountain of values. */
function aliasProblem({ place }: SourceNode, key: string | undefined): ConfigurationProblem {
  const message = `Expected ${key ?? 'the file'} to be written out, got a YAML alias`;
  return problemAt(place, { message, ...(key && { key }) });
}

/** The layer of the configuration file: what its known sections say, with the place of every value. */
export async function parseFile(path: string, text: string): Promise<Layer> {
  const parsed = await parseYaml(path, text);
  if ('problems' in parsed) return { given: new Map(), notices: [], problems: parsed.problems };
  return readSections([{ node: parsed.root }]);
}
