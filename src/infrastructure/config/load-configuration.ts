import * as v from 'valibot';
import type {
  ConfigurationProblem,
  ConfigurationReport,
  ConfigurationRequest,
  SettingFlag,
} from '../../application/ports/configuration-source.ts';
import { createRedactor, MASK, type Redactor } from '../../domain/policy/redact.ts';
import { redactFragments } from '../../domain/policy/redact-urls.ts';
import { isJsonObject } from '../../domain/shared/json.ts';
import { checkKeyFile } from './checks/check-key-file.ts';
import { checkLayers } from './checks/check-layers.ts';
import { checkTogether } from './checks/check-together.ts';
import { doubtfulFiles } from './checks/doubtful-files.ts';
import { doubtfulSettings } from './checks/doubtful-settings.ts';
import { problemAt } from './checks/problems.ts';
import { secretsInValue, secretsOfProxies } from './checks/secrets-in-values.ts';
import type { ConfigurationHost } from './configuration-host.ts';
import { describeSettings, settingNotices } from './documents/describe-settings.ts';
import { type Configuration, configurationSchema } from './schema/configuration-schema.ts';
import { expandPath, type FoundFile, findFile, pathsOf } from './sources/configuration-paths.ts';
import type { GivenSetting, Layer } from './sources/given-setting.ts';
import { type GivenSettings, mergeLayers } from './sources/merge-layers.ts';
import { olderSummary, transportNotices } from './sources/older-names.ts';
import { readEnvironment } from './sources/read-environment.ts';
import { readFlags } from './sources/read-flags.ts';
import { readSecretFiles } from './sources/read-secret-files.ts';
import { readSectionVariables } from './sources/read-section-variables.ts';
import { parseFile } from './sources/read-sections.ts';
import { NO_SUCH_FILE, readSourceText } from './sources/read-source-text.ts';
import { withStandardVariables } from './sources/standard-variables.ts';

export interface LoadedConfiguration extends Omit<ConfigurationReport, 'settings'> {
  /** Undefined exactly when there are problems. */
  readonly configuration: Configuration | undefined;
  readonly isMistyped: boolean;
  /** The notices for a start: in one line what concerns the older servers. */
  readonly startNotices: readonly string[];
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
  const ofFile = file ? await loadFile(host, file) : NOTHING;
  const layers = [readFlags(flags), readEnvironment(host), readSectionVariables(host), ofFile];
  const ours = mergeLayers(layers.map(({ given }) => ({ given: expandPaths(host, given) })));
  const standard = withStandardVariables(host, ours);
  const merged = expandPaths(host, standard.effective);
  const fromFiles = await readSecretFiles(host, merged);
  const effective: GivenSettings = new Map([...merged, ...fromFiles.given]);
  const each = [
    ...layers.flatMap((layer) => layer.problems),
    ...checkLayers(layers),
    ...fromFiles.problems,
  ].sort(byPlace);
  const complete = each.length === 0 ? v.parse(configurationSchema, nest(effective)) : undefined;
  const keyFile = await checkKeyFile(
    merged,
    host,
    complete !== undefined && complete.server.transport !== 'stdio',
  );
  const together = complete ? [...checkTogether(complete, effective, host), ...keyFile.problems] : [];
  const problems = complete ? together.sort(byPlace) : each;
  const configuration = problems.length === 0 ? complete : undefined;
  const secrets = [...layers, standard, fromFiles].flatMap(secretsOf);
  const redactor = withoutFragments(
    createRedactor([
      ...secrets,
      ...[...layers, standard].flatMap(secretsInValues),
      ...secretsOfProxies(host.environment),
    ]),
  );
  const sound: GivenSettings = new Map(
    [...effective].filter(([key]) => !each.some((one) => one.key === key)),
  );
  const ofOlder = [...layers.flatMap((layer) => layer.ofOlder ?? []), ...settingNotices(sound)];
  const allNotices = [
    ...notices,
    ...layers.flatMap((layer) => layer.notices),
    ...standard.notices,
    ...settingNotices(sound),
    ...transportNotices(sound.get('server.transport')),
    ...doubtfulSettings(sound, host),
    ...keyFile.notices,
    ...doubtfulFiles(sound, ofFile.given, host),
  ];
  return {
    ...(file && { file: file.path }),
    configuration,
    secrets,
    notices: allNotices.map(redactor.text),
    startNotices: [...allNotices.filter((notice) => !ofOlder.includes(notice)), ...olderSummary(ofOlder)].map(
      redactor.text,
    ),
    isMistyped: each.some(isOfFlag(flags)),
    problems: problems.map((problem) => redactProblem(redactor, problem)),
    settings: () => (configuration ? describeSettings(configuration, effective, redactor) : []),
  };
}

const withoutFragments = (redactor: Redactor): Redactor => ({
  ...redactor,
  text: (text) => redactFragments(redactor.text(text), MASK),
});

const isOfFlag =
  (flags: readonly SettingFlag[]) =>
  ({ where }: ConfigurationProblem): boolean =>
    flags.some(({ flag }) => flag === where);

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
  const { line, column } = source;
  const isLink = namedBy === undefined && source.failure === NO_SUCH_FILE;
  const failure = isLink ? 'it is a link to a file that is not there' : source.failure;
  const place =
    line === undefined || column === undefined
      ? (namedBy ?? { where: path, file: path })
      : { where: `${path}:${line}:${column}`, file: path, line, column };
  // Of a file that was found: without it, what it forbids would be allowed.
  const instead = namedBy === undefined ? '; make it readable, or name another by --config' : '';
  const message = `Expected a configuration file to read, got "${path}": ${failure}${instead}`;
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
    setting.secret ? textsIn(value).map((text) => text.trim()) : [],
  );
}

function textsIn(value: unknown): readonly string[] {
  if (isJsonObject(value)) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' ? [value] : [];
}
