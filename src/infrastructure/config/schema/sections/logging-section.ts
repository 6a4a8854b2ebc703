import * as v from 'valibot';
import { about } from '../setting-facts.ts';
import { choiceWithOlder, KIB, MIB, wholeNumber } from '../values/value-schemas.ts';

/** A bare word is a mistyped "stderr" sooner than a file of that name. */
const PATH = /[\\/.~]/;
const WORDS = ['stderr', 'stdout'];
const OUTPUT = '"stderr" or the path of a file, such as "~/tfo-mcp.log"';

export const loggingSection = v.strictObject({
  level: v.optional(
    v.pipe(
      choiceWithOlder(['debug', 'info', 'warn', 'error'], {
        trace: 'debug',
        warning: 'warn',
        critical: 'error',
        fatal: 'error',
        panic: 'error',
      }),
      about('Least severe level that is logged', { aliases: ['TELEMETRYFLOW_MCP_LOG_LEVEL'] }),
    ),
    'info',
  ),
  format: v.optional(
    v.pipe(
      // The older servers call everything that isn't JSON "console" or "text".
      choiceWithOlder(['auto', 'pretty', 'json'], { console: 'pretty', text: 'pretty' }),
      about('`pretty` for people, `json` for programs; `auto` is pretty on a terminal', {
        aliases: ['TELEMETRYFLOW_MCP_LOG_FORMAT'],
      }),
    ),
    'auto',
  ),
  output: v.optional(
    v.pipe(
      v.string(OUTPUT),
      v.trim(),
      v.check((output) => WORDS.includes(output) || PATH.test(output), OUTPUT),
      v.transform((output) => (output === 'stdout' ? 'stderr' : output)),
      about('Where log lines go: `stderr`, or the path of a file', {
        aliases: ['TELEMETRYFLOW_MCP_LOG_OUTPUT'],
        holdsPaths: true,
        words: WORDS,
        notice: (value) =>
          value === 'stdout' ? 'means "stderr", since stdout belongs to the protocol' : undefined,
      }),
    ),
    'stderr',
  ),
  max_file_size: v.optional(
    v.pipe(
      wholeNumber(64 * KIB, 1024 * MIB),
      about('Size at which a log file is put aside, as `FILE.1`, and a new one begun', { unit: 'bytes' }),
    ),
    10 * MIB,
  ),
  max_files: v.optional(
    v.pipe(wholeNumber(1, 100), about('Log files that were put aside and are kept; the oldest goes first')),
    5,
  ),
});
