import * as v from 'valibot';
import type {
  ConfigurationProblem,
  ConfigurationReport,
  ConfigurationRequest,
} from '../../application/ports/configuration-source.ts';
import { createRedactor, type Redactor } from '../../domain/policy/redact.ts';
import { checkLayers } from './checks/check-layers.ts';
import { checkTogether } from './checks/check-together.ts';
import { doubtfulSettings } from './checks/doubtful-settings.ts';
import { problemAt } from './checks/problems.ts';
import { secretsInValue, secretsOfProxies } from './checks/secrets-in-values.ts';
import type { ConfigurationHost } from './configuration-host.ts';
import { describeSettings, settingNotices } from './documents/describe-settings.ts';
import { type Configuration, configurationSchema } from './schema/configuration-schema.ts';
import { expandPath, type FoundFile, findFile, pathsOf } from './sources/configuration-paths.ts';
import type { GivenSetting, Layer } from './sources/given-setting.ts';
import { type GivenSettings, mergeLayers } from './sources/merge-layers.ts';
import { readEnvironment } from './sources/read-environment.ts';
import { readFlags } from './sources/read-flags.ts';
import { readSecretFiles } from './sources/read-secret-files.ts';
import { readSectionVariables } from './sources/read-section-variables.ts';
import { parseFile } from './sources/read-sections.ts';
import { readSourceText } from './sources/read-source-text.ts';

export interface LoadedConfiguration extends Omit<ConfigurationReport, 'settings'> {
  /** Undefined exactly when there are problems. */
  readonly configuration: Configuration | undefined;
  /** Every secret that was given, in force or not, for the redactor. */
  readonly secrets: readonly string[];
  /** Described only when asked for: a start doesn't need it. */
  settings(): ConfigurationReport['settings'];
}

const NOTHING: Layer = { given: new Map(), notices: [], problems: [] };

/** Loads the configuration: flags before environment before file before defaults. Rejects for nothing a user can get wrong. */
export async function loadConfiguration(
  { file: named, flags = [] }: ConfigurationRequest,
  host: ConfigurationHost,
): Promise<LoadedConfiguration> {
  const { file, notices } = findFile(host, named);
  const layers = [
    readFlags(flags),
    readEnvironment(host),
    readSectionVariables(host),
    file ? await loadFile(host, file) : NOTHING,
  ];
  const merged = mergeLayers(layers.map(({ given }) => ({ given: expandPaths(host, given) })));
  const fromFiles = await readSecretFiles(host, merged);
  const effective: GivenSettings = new Map([...merged, ...fromFiles.given]);
  const each = [
    ...layers.flatMap((layer) => layer.problems),
    ...checkLayers(layers),
    ...fromFiles.problems,
  ].sort(byPlace);
  const complete = each.length === 0 ? v.parse(configurationSchema, nest(effective)) : undefined;
  const problems = complete ? [...checkTogether(complete, effective)].sort(byPlace) : each;
  const configuration = problems.length === 0 ? complete : undefined;
  const secrets = [...layers, fromFiles].flatMap(secretsOf);
  const redactor = createRedactor([
    ...secrets,
    ...layers.flatMap(secretsInValues),
    ...secretsOfProxies(host.environment),
  ]);
  const sound: GivenSettings = new Map(
    [...effective].filter(([key]) => !each.some((one) => one.key === key)),
  );
  const allNotices = [
    ...notices,
    ...layers.flatMap((layer) => layer.notices),
    ...settingNotices(sound),
    ...doubtfulSettings(sound, host),
  ];
  return {
    ...(file && { file: file.path }),
    configuration,
    secrets,
    notices: allNotices.map(redactor.text),
    problems: problems.map((problem) => redactProblem(redactor, problem)),
    settings: () => (configuration ? describeSettings(configuration, effective, redactor) : []),
  };
}

/** Names and paths are the user's, too: a secret may have got where one belongs. */
function redactProblem({ text }: Redactor, problem: ConfigurationProblem): ConfigurationProblem {
  const { key, where, file, message, suggestion } = problem;
  return {
    ...problem,
    where: text(where),
    ...(file !== undefined && { file: text(file) }),
    ...(key !== undefined && { key: text(key) }),
    message: text(message),
    ...(suggestion !== undefined && { suggestion: text(suggestion) }),
  };
}

/** As one reads a file, after what isn't in it. */
function byPlace(a: ConfigurationProblem, b: ConfigurationProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

async function loadFile(host: ConfigurationHost, { path, namedBy }: FoundFile): Promise<Layer> {
  const source = await readSourceText(host, path);
  if ('text' in source) return parseFile(path, source.text);
  const { failure, line, column } = source;
  const place =
    line === undefined || column === undefined
      ? (namedBy ?? { where: path, file: path })
      : { where: `${path}:${line}:${column}`, file: path, line, column };
  const message = `Expected a configuration file to read, got "${path}": ${failure}`;
  return { ...NOTHING, problems: [problemAt(place, { message })] };
}

/** Layer by layer: a relative path counts from where it was given. */
function expandPaths(host: ConfigurationHost, settings: GivenSettings): GivenSettings {
  const expand = (given: GivenSetting): GivenSetting => {
    const { setting, value, place } = given;
    if (!setting.holdsPaths) return given;
    const folder = place.file === undefined ? host.workingDirectory : pathsOf(host).dirname(place.file);
    const expandOne = (path: unknown) =>
      typeof path !== 'string' || setting.words?.includes(path)
        ? path
        : expandPath(host, path.trim(), folder);
    return { ...given, value: Array.isArray(value) ? value.map(expandOne) : expandOne(value) };
  };
  return new Map([...settings].map(([key, given]) => [key, expand(given)]));
}

/** The shape that the schema checks: sections of keys. */
function nest(effective: GivenSettings): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { setting, value } of effective.values()) {
    let section = root;
    for (const name of setting.path.slice(0, -1)) {
      section[name] ??= {};
      section = section[name] as Record<string, unknown>;
    }
    section[setting.path.at(-1) ?? ''] = value;
  }
  return root;
}

/** Paths can have any character. */
function secretsInValues({ given }: Pick<Layer, 'given'>): readonly string[] {
  return [...given.values()].flatMap(({ setting, value }) =>
    setting.holdsPaths ? [] : secretsInValue(value),
  );
}

function secretsOf({ given }: Pick<Layer, 'given'>): readonly string[] {
  return [...given.values()].flatMap(({ setting, value }) =>
    setting.secret && typeof value === 'string' ? [value.trim()] : [],
  );
}
