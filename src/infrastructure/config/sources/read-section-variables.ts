import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import { problemAt } from '../checks/problems.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import { allSections } from '../schema/settings.ts';
import type { Layer, SourcePlace } from './given-setting.ts';
import { ourVariables, VARIABLE_PREFIX } from './our-variables.ts';
import type { SourceNode } from './parse-yaml.ts';
import { readSections } from './read-sections.ts';

/** The variables that can hold whole sections, each with the key of its section. */
export function sectionVariables(): ReadonlyMap<string, string> {
  const outermost = [...allSections()].filter((section) => !section.includes('.'));
  return new Map(outermost.map((section) => [`${VARIABLE_PREFIX}${section.toUpperCase()}`, section]));
}

/**
 * The layer of whole sections as JSON objects, as the Python server takes them: TELEMETRYFLOW_MCP_SERVER='{"debug": true}'. A
 * variable of one setting goes before it.
 */
export function readSectionVariables(host: ConfigurationHost): Layer {
  const variables = ourVariables(host);
  const found = [...sectionVariables()].flatMap(([variable, section]) => {
    const text = variables.get(variable);
    return text === undefined ? [] : [{ section, place: { where: variable }, value: parseObject(text) }];
  });
  const trees = found.flatMap(({ section, place, value }) =>
    value === undefined ? [] : [{ section, node: mappingOf(value, place) }],
  );
  const { given, notices, problems } = readSections(trees);
  const unreadable = found
    .filter(({ value }) => value === undefined)
    .map(({ section, place }) =>
      problemAt(place, {
        key: section,
        message: `Expected ${place.where} to be a JSON object with keys of "${section}", got something else`,
      }),
    );
  return { given, notices, problems: [...problems, ...unreadable] };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function mappingOf(object: JsonObject, place: SourcePlace): SourceNode {
  return {
    kind: 'mapping',
    place,
    entries: () =>
      Object.entries(object).map(([key, value]) => ({
        key,
        place,
        value: isJsonObject(value) ? mappingOf(value, place) : { kind: 'value', place, value },
      })),
  };
}
