import * as v from 'valibot';
import { about } from '../setting-facts.ts';
import { choice, MIB, onOff, wholeNumber } from '../values/value-schemas.ts';

export const auditSection = v.strictObject({
  enabled: v.optional(
    v.pipe(
      onOff(),
      about(
        'Whether calls are stored in the database: when, which tool, who called, its outcome; what it was given only as `audit.record_arguments` says',
      ),
    ),
    true,
  ),
  record_arguments: v.optional(
    v.pipe(
      choice(['none', 'hash', 'full']),
      about(
        'What is stored of arguments and URIs: `none`; `hash`, by a key of this machine, so that equal ones are found again; `full`, secrets masked and cut at 16 KiB, in the database alone',
      ),
    ),
    'none',
  ),
  max_rate: v.optional(
    v.pipe(wholeNumber(1, 1_000_000), about('Events a second that are stored one by one; more are counted')),
    5000,
  ),
  keep_days: v.optional(v.pipe(wholeNumber(1, 36_500), about('Days for which events are kept')), 30),
  keep_events: v.optional(
    v.pipe(wholeNumber(1, 1_000_000_000), about('Events that are kept; the oldest go first')),
    1_000_000,
  ),
  keep_bytes: v.optional(
    v.pipe(
      wholeNumber(MIB, 1_000_000 * MIB),
      about('Size of the database from which on the oldest events go', { unit: 'bytes' }),
    ),
    512 * MIB,
  ),
});
