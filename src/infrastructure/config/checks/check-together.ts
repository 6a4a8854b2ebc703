import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { isLoopback } from '../../../domain/policy/loopback.ts';
import type { Configuration } from '../schema/configuration-schema.ts';
import type { SourcePlace } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';
import { authenticates } from './authenticates.ts';
import { problemAt } from './problems.ts';

type Security = Configuration['security'];

/** Problems of settings that are right each on its own. */
export function checkTogether(
  configuration: Configuration,
  effective: GivenSettings,
): readonly ConfigurationProblem[] {
  const { server, security } = configuration;
  const problems = [...partialJwt(security, effective), ...allowlistWithoutPolicy(security, effective)];
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

/** A default has no place: only what was given can bring such a problem about, be it elsewhere. */
function placeOf(key: string, effective: GivenSettings): SourcePlace {
  return effective.get(key)?.place ?? { where: key };
}
