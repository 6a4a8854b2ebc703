import * as v from 'valibot';
import { about } from '../setting-facts.ts';
import { seconds } from '../values/seconds.ts';
import { MIB, wholeNumber } from '../values/value-schemas.ts';

export const mcpSection = v.strictObject({
  tool_timeout: v.optional(
    v.pipe(
      seconds(0.1, 86_400),
      about('How long a tool without a limit of its own may take to answer', { unit: 'seconds' }),
    ),
    30,
  ),
  max_message_size: v.optional(
    v.pipe(wholeNumber(MIB, 256 * MIB), about('Longest incoming message that is taken', { unit: 'bytes' })),
    64 * MIB,
  ),
  page_size: v.optional(v.pipe(wholeNumber(1, 1000), about('Entries in one page of a list')), 100),
});
