import * as v from 'valibot';
import { LOOPBACK_NAMES } from '../../../../domain/policy/loopback.ts';
import { about } from '../setting-facts.ts';
import {
  isAddressRange,
  isHostName,
  isOriginOrHostName,
  isPublicName,
  secureUrl,
} from '../values/addresses.ts';
import { isAllowedProgram } from '../values/allowed-program.ts';
import { stateKey } from '../values/state-key.ts';
import { choice, listOf, onOff, text, wholeNumber } from '../values/value-schemas.ts';

const commands = v.strictObject({
  policy: v.optional(
    v.pipe(
      choice(['allow', 'ask', 'allowlist', 'off']),
      about(
        'Which commands `execute_command` runs: `allow` all (the client asks its user), `ask` the user ' +
          'through the client each time, only those of the `allowlist`, or none (`off`). ' +
          'Where it is not set, `allow` on stdio, and `off` on network transports',
      ),
    ),
  ),
  allowlist: v.optional(
    v.pipe(
      listOf('absolute program paths, each with or without leading arguments', isAllowedProgram),
      about(
        'Commands that the policy `allowlist` runs: absolute program paths (in double quotes if they have ' +
          'spaces), each with the arguments that must come first, if any',
      ),
    ),
    [],
  ),
});

const jwt = v.strictObject({
  issuer: v.optional(
    v.pipe(
      text(),
      v.check(isPublicName, 'a text, such as a URL without user, query and fragment'),
      about(
        'Whose tokens (JWTs, by `Authorization: Bearer`) network clients authenticate with: their claim `iss`',
        { holdsAddress: true },
      ),
    ),
  ),
  audience: v.optional(
    v.pipe(
      text(),
      about('Audience that tokens must have (their claim `aud`), usually this server’s URL', {
        holdsAddress: true,
      }),
    ),
  ),
  jwks_url: v.optional(
    v.pipe(
      secureUrl(),
      about('Address of the public keys that the issuer signs with (a JWK Set)', { holdsAddress: true }),
    ),
  ),
});

export const securitySection = v.strictObject({
  allowed_directories: v.optional(
    v.pipe(
      listOf('directories'),
      about(
        'Directories that file tools and commands work in; without any, those that the client offers ' +
          '(its roots), else the working directory',
        { holdsPaths: true },
      ),
    ),
    [],
  ),
  read_only: v.optional(v.pipe(onOff(), about('Removes every tool that changes anything')), false),
  confirm_overwrite: v.optional(
    v.pipe(
      onOff(),
      about(
        'Asks the user, through the client, before `write_file` overwrites a file; refuses where nobody can be asked',
      ),
    ),
    false,
  ),
  commands: v.optional(commands, {}),
  allowed_hosts: v.optional(
    v.pipe(
      listOf('host names, each with or without a port, and no patterns', isHostName),
      about('Names, with or without a port, by which network clients may reach the server (`Host`)', {
        holdsAddress: true,
      }),
    ),
    [...LOOPBACK_NAMES],
  ),
  allowed_origins: v.optional(
    v.pipe(
      listOf('origins such as "https://app.example.com", or host names, and no patterns', isOriginOrHostName),
      about(
        'Whose pages may use the server from a browser (`Origin`): origins, or names for all their ports',
        { holdsAddress: true },
      ),
    ),
    [...LOOPBACK_NAMES],
  ),
  trusted_proxies: v.optional(
    v.pipe(
      listOf('addresses and ranges such as "10.0.0.0/8"', isAddressRange),
      about(
        'Proxies whose headers `Forwarded` or `X-Forwarded-For` tell the address of a client, for the log and for rates: ' +
          'their addresses, or ranges of them. Without any, these headers are not read',
      ),
    ),
    [],
  ),
  api_keys_file: v.optional(
    v.pipe(
      text(),
      about('File of the API keys that network clients authenticate with; `tfo-mcp keys` changes it', {
        holdsPaths: true,
      }),
    ),
  ),
  require_api_key: v.optional(
    v.pipe(onOff(), about('Serves no network clients without authentication, not even on this machine')),
    false,
  ),
  insecure: v.optional(
    v.pipe(
      onOff(),
      about('Lets in everybody who reaches the address, other machines too, as `--insecure` does'),
    ),
    false,
  ),
  jwt: v.optional(jwt, {}),
  rate_limit_enabled: v.optional(
    v.pipe(
      onOff(),
      about(
        'Whether network clients may send only so much. Where it is not set: where they have to authenticate, or ' +
          'come from other machines, or a rate is set',
      ),
    ),
  ),
  rate_limit_per_minute: v.optional(
    v.pipe(
      wholeNumber(1, 1_000_000),
      about('Requests, and tool calls, of each principal or address a minute; 600 where it is not set'),
    ),
  ),
  rate_limit_burst: v.optional(
    v.pipe(wholeNumber(1, 1_000_000), about('How many of these may come at once, after a pause')),
    100,
  ),
  state_key: v.optional(
    v.pipe(
      stateKey(),
      about(
        'Seals the state that clients carry between the rounds of one request (`requestState`); ' +
          'replicas behind one address share it, except that what a user approves is done only by the process that ' +
          'asked. Without one, each process makes its own',
        { secret: true },
      ),
    ),
  ),
  state_key_file: v.optional(
    v.pipe(
      text(),
      about('File that holds `security.state_key`, instead of the key itself', { holdsPaths: true }),
    ),
  ),
});
