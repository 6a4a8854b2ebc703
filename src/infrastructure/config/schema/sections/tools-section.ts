import * as v from 'valibot';
import { toolNames, toolsets } from '../../../../application/tools/tool-table.ts';
import { about } from '../setting-facts.ts';
import { seconds } from '../values/seconds.ts';
import { KIB, listOfNames, MIB, wholeNumber } from '../values/value-schemas.ts';

/** A day, in seconds. */
const LONGEST = 86_400;

export const toolsSection = v.strictObject({
  toolsets: v.optional(
    v.pipe(
      listOfNames('sets of tools', toolsets),
      about('Sets of tools that are offered', { entries: toolsets }),
    ),
    [...toolsets],
  ),
  disabled: v.optional(
    v.pipe(
      listOfNames('tool names', toolNames),
      about('Tools that are neither listed nor callable', { entries: toolNames }),
    ),
    [],
  ),
  answer_bytes: v.optional(
    v.pipe(
      wholeNumber(KIB, 8 * MIB),
      about(
        'Text of an answer of `read_file`, `list_directory`, `search_files` and `execute_command`, where the call asks for no more; many clients drop the end of longer ones',
        { unit: 'bytes' },
      ),
    ),
    16 * KIB,
  ),
  max_read_bytes: v.optional(
    v.pipe(
      wholeNumber(KIB, 8 * MIB),
      about('Most text that one reading of a file returns', { unit: 'bytes' }),
    ),
    256 * KIB,
  ),
  max_image_bytes: v.optional(
    v.pipe(
      wholeNumber(KIB, 7 * MIB),
      about('Largest picture that one reading of a file returns', { unit: 'bytes' }),
    ),
    3_750_000,
  ),
  max_output_bytes: v.optional(
    v.pipe(
      wholeNumber(KIB, 8 * MIB),
      about('Most output of a command that its result holds', { unit: 'bytes' }),
    ),
    256 * KIB,
  ),
  max_write_bytes: v.optional(
    v.pipe(wholeNumber(1, 256 * MIB), about('Most that one call writes to a file', { unit: 'bytes' })),
    16 * MIB,
  ),
  max_entries: v.optional(
    v.pipe(wholeNumber(1, 50_000), about('Entries of a listing, where the call gives no limit')),
    1000,
  ),
  max_results: v.optional(
    v.pipe(wholeNumber(1, 10_000), about('Matches of a search, where the call gives no limit')),
    200,
  ),
  command_timeout: v.optional(
    v.pipe(
      seconds(0.1, LONGEST),
      about('How long a command may run, where the call gives no timeout', { unit: 'seconds' }),
    ),
    30,
  ),
  max_command_timeout: v.optional(
    v.pipe(seconds(0.1, LONGEST), about('Longest timeout that a call may give', { unit: 'seconds' })),
    600,
  ),
  max_concurrent_commands: v.optional(
    v.pipe(wholeNumber(1, 1000), about('Commands that run at once; more wait')),
    16,
  ),
});
