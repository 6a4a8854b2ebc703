import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { nearestName, suggest } from '../../../domain/shared/nearest-name.ts';
import { describeValue, problemAt } from '../checks/problems.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import { allSettings } from '../schema/settings.ts';
import { decodeSetting } from './decode-setting.ts';
import type { GivenSetting, Layer } from './given-setting.ts';
import { olderKeyNotices, olderVariables } from './older-names.ts';
import {
  emptyGuardVariables,
  emptyNotice,
  isGuardVariable,
  ourVariables,
  VARIABLE_PREFIX,
} from './our-variables.ts';
import { sectionVariables } from './read-section-variables.ts';

type Variables = ReadonlyMap<string, string>;

/** Variables of the older servers for sections that this version doesn't use. */
const UNUSED_VARIABLE = /^(?:DATABASE|POSTGRES|CLICKHOUSE|CACHE|REDIS|QUEUE|NATS|ANALYTICS|AUDIT)_/;

/** The layer of the variables that hold one setting each. An empty variable counts as not set. */
export function readEnvironment(host: ConfigurationHost): Layer {
  const variables = ourVariables(host);
  const given = new Map<string, GivenSetting>();
  const notices = emptyGuardVariables(host).map((name) => emptyNotice(`Environment variable "${name}"`));
  if (variables.size === 0) return { given, notices, problems: [] };
  for (const setting of allSettings()) {
    const [variable, ...others] = setting.variables.filter((name) => variables.has(name));
    if (variable === undefined) continue;
    const text = variables.get(variable) ?? '';
    given.set(setting.key, { setting, value: decodeSetting(setting, text), place: { where: variable } });
    for (const other of others.filter((name) => variables.get(name) !== text)) {
      notices.push(`Environment variable "${other}" is ignored, since "${variable}" sets the same`);
    }
  }
  const unread = unreadVariables(variables);
  return { ...unread, given, notices: [...notices, ...unread.notices] };
}

/**
 * A mistyped name must not be silent. It stops nothing, since it may belong to another version, unless it is that of a guard:
 * nobody would keep what it was to keep.
 */
function unreadVariables(variables: Variables): Pick<Layer, 'notices' | 'ofOlder' | 'problems'> {
  const known = allSettings().flatMap((setting) => setting.variables);
  const older = olderVariables(VARIABLE_PREFIX);
  const ofSections = sectionVariables();
  const unread = [...variables.keys()].filter((name) => !known.includes(name) && !ofSections.has(name));
  const ofOlderKeys = unread.flatMap((name) => {
    const key = older.get(name);
    return key === undefined ? [] : [{ key, place: { where: name } }];
  });
  const unknown = unread.filter((name) => !older.has(name) && !isGuardVariable(name));
  const problems = unread
    .filter((name) => !older.has(name) && isGuardVariable(name))
    .map((name) => unknownVariable(name, suggestVariable(name, known)));
  const mistyped = unknown.flatMap((name) => {
    const meant = suggestVariable(name, known);
    return meant === undefined ? [] : [{ name, meant }];
  });
  const ofOlder = olderKeyNotices(ofOlderKeys);
  const notices = [
    ...ofOlder,
    ...mistyped.map(
      ({ name, meant }) => `Environment variable "${name}" is not used by this version${suggest(meant)}`,
    ),
    ...describeUnused(unknown.filter((name) => mistyped.every((one) => one.name !== name))),
  ];
  return { notices, ofOlder, problems };
}

function unknownVariable(name: string, suggestion: string | undefined): ConfigurationProblem {
  const message = `Unknown environment variable ${describeValue(name)}`;
  return problemAt({ where: name }, { message, ...(suggestion && { suggestion }) });
}

function suggestVariable(name: string, known: readonly string[]): string | undefined {
  // Compared without the prefix, whose length would make every name look near.
  const rest = name.slice(VARIABLE_PREFIX.length);
  if (UNUSED_VARIABLE.test(rest)) return undefined;
  const nearest = nearestName(
    rest,
    known.flatMap((variable) =>
      variable.startsWith(VARIABLE_PREFIX) ? [variable.slice(VARIABLE_PREFIX.length)] : [],
    ),
  );
  return nearest && `${VARIABLE_PREFIX}${nearest}`;
}

/** In one sentence: an environment of an older server has dozens. */
function describeUnused(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const list = names.map((name) => `"${name}"`).join(', ');
  return [
    names.length === 1
      ? `Environment variable ${list} is not used by this version`
      : `Environment variables ${list} are not used by this version`,
  ];
}
