import { nearestName } from '../../domain/shared/nearest-name.ts';
import type { ConfigurationHost } from './configuration-host.ts';
import { decodeText } from './decode-text.ts';
import type { GivenSetting, Layer } from './given-setting.ts';
import { settings, VARIABLE_PREFIX } from './settings.ts';

/** The layer of the environment. An empty variable counts as not set. */
export function readEnvironment(host: ConfigurationHost): Layer {
  const given = new Map<string, GivenSetting>();
  const notices: string[] = [];
  for (const setting of settings) {
    const [variable, ...others] = setting.variables.filter((name) => host.environment[name]);
    if (variable === undefined) continue;
    const text = host.environment[variable] ?? '';
    given.set(setting.key, { setting, value: decodeText(setting, text), place: { where: variable } });
    for (const other of others.filter((name) => host.environment[name] !== text)) {
      notices.push(`Environment variable "${other}" is ignored, since "${variable}" sets the same`);
    }
  }
  return { given, notices: [...notices, ...unknownVariables(host)], problems: [] };
}

/** A mistyped name must not be silent; it stops nothing, since it may belong to another version. */
function unknownVariables({ environment, platform }: ConfigurationHost): readonly string[] {
  const names = Object.keys(environment).filter((name) => isOurs(name) && environment[name]);
  if (names.length === 0) return [];
  const known = settings.flatMap(({ variables }) => variables);
  // Windows doesn't tell upper from lower case in these names; elsewhere a lower-case name is another one.
  const isKnown = (name: string) => known.includes(platform === 'win32' ? name.toUpperCase() : name);
  return names.filter((name) => !isKnown(name)).map((name) => describeUnknown(name, known));
}

function isOurs(name: string): boolean {
  return name.slice(0, VARIABLE_PREFIX.length).toUpperCase() === VARIABLE_PREFIX;
}

function describeUnknown(name: string, known: readonly string[]): string {
  // Compared without the prefix, whose length would make every name look near.
  const rests = known.filter(isOurs).map((variable) => variable.slice(VARIABLE_PREFIX.length));
  const nearest = nearestName(name.slice(VARIABLE_PREFIX.length), rests);
  const suggestion = nearest === undefined ? '' : `; did you mean "${VARIABLE_PREFIX}${nearest}"?`;
  return `Environment variable "${name}" is not used by this version${suggestion}`;
}
