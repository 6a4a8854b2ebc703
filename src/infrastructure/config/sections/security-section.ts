import * as v from 'valibot';
import { isAllowedProgram } from '../allowed-program.ts';
import { about } from '../setting-facts.ts';
import { stateKey } from '../state-key.ts';
import { choice, listOf, onOff, text } from '../value-schemas.ts';

const commands = v.strictObject({
  policy: v.optional(
    v.pipe(
      choice(['allow', 'ask', 'allowlist', 'off']),
      about(
        'Which commands `execute_command` runs: `allow` all (the client asks its user), `ask` the user ' +
          'through the client each time, only those of the `allowlist`, or none (`off`)',
      ),
    ),
    'allow',
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
  commands: v.optional(commands, {}),
  state_key: v.optional(
    v.pipe(
      stateKey(),
      about(
        'Seals the state that clients carry between the rounds of one request (`requestState`); ' +
          'replicas behind one address share it. Without one, each process makes its own',
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
