import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { isLoopback } from '../../../domain/policy/loopback.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import type { Configuration } from '../schema/configuration-schema.ts';
import type { SourcePlace } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';
import { databasePath } from '../sources/state-folder.ts';
import { authenticates } from './authenticates.ts';
import { checkTelemetry } from './check-telemetry.ts';
import { problemAt } from './problems.ts';

type Security = Configuration['security'];

/** Problems of settings that are right each on its own. */
export function checkTogether(
  configuration: Configuration,
  effective: GivenSettings,
  host: ConfigurationHost,
): readonly ConfigurationProblem[] {
  const { server, security, database } = configuration;
  const problems = [
    ...partialJwt(security, effective),
    ...allowlistWithoutPolicy(security, effective),
    ...policyWithoutAllowlist(security, effective),
    ...databaseWithoutPlace(database, effective, host),
    ...checkTelemetry(configuration, effective),
  ];
  if (server.transport === 'stdio' || authenticates(security)) return problems;
  if (security.require_api_key) {
    const message = `Expected a way to authenticate, since security.require_api_key asks for it: ${REMEDY}`;
    problems.push(
      problemAt(placeOf('security.require_api_key', effective), { key: 'security.require_api_key', message }),
    );
  }
  if (!isLoopback(server.host) && !security.insecure) {
    const message =
      `Expected a way to authenticate on "${server.host}", which other machines reach: ${REMEDY}; ` +
      'or listen on 127.0.0.1, or take the risk with --insecure';
    problems.push(problemAt(placeOf('server.host', effective), { key: 'server.host', message }));
  }
  return problems;
}

const REMEDY = 'set security.api_keys_file (and make a key by "tfo-mcp keys create"), or security.jwt';

function partialJwt({ jwt }: Security, effective: GivenSettings): ConfigurationProblem[] {
  const names = ['issuer', 'audience', 'jwks_url'] as const;
  const missing = names.filter((name) => jwt[name] === undefined);
  const given = names.find((name) => jwt[name] !== undefined);
  if (missing.length === 0 || given === undefined) return [];
  const place = placeOf(`security.jwt.${given}`, effective);
  return missing.map((name) => {
    const key = `security.jwt.${name}`;
    return problemAt(place, { key, message: `Expected ${key} beside security.jwt.${given}, got none` });
  });
}

/** Programs are listed, and nothing says that they are the only ones: by default, every command would run. */
function allowlistWithoutPolicy({ commands }: Security, effective: GivenSettings): ConfigurationProblem[] {
  const key = 'security.commands.policy';
  if (commands.allowlist.length === 0 || commands.policy !== undefined) return [];
  const message =
    `Expected ${key} beside security.commands.allowlist, got none: ` +
    'set "allowlist" to run only these programs';
  return [problemAt(placeOf('security.commands.allowlist', effective), { key, message })];
}

/** No command could ever run, and each refusal would say that it isn't on a list that has nothing on it. */
function policyWithoutAllowlist({ commands }: Security, effective: GivenSettings): ConfigurationProblem[] {
  const key = 'security.commands.allowlist';
  if (commands.policy !== 'allowlist' || commands.allowlist.length > 0) return [];
  const message =
    `Expected ${key} to name the programs that may run, since security.commands.policy is "allowlist", got none: ` +
    'list programs by their absolute paths, or set the policy to "off"';
  return [problemAt(placeOf('security.commands.policy', effective), { key, message })];
}

/** Without a home, nothing says where the file could be. */
function databaseWithoutPlace(
  database: Configuration['database'],
  effective: GivenSettings,
  host: ConfigurationHost,
): ConfigurationProblem[] {
  const { driver, required } = database;
  const isNeeded = driver === 'sqlite' || (driver === undefined && required);
  if (!isNeeded || databasePath(database, host) !== undefined) return [];
  const key = 'database.path';
  const message = `Expected ${key} to name the file of the database, since this user has no home directory, got none`;
  return [
    problemAt(placeOf(driver === undefined ? 'database.required' : 'database.driver', effective), {
      key,
      message,
    }),
  ];
}

/** A default has no place: only what was given can bring such a problem about, be it elsewhere. */
function placeOf(key: string, effective: GivenSettings): SourcePlace {
  return effective.get(key)?.place ?? { where: key };
}
