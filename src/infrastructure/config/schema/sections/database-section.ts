import * as v from 'valibot';
import { about } from '../setting-facts.ts';
import { choice, onOff, text } from '../values/value-schemas.ts';

export const databaseSection = v.strictObject({
  driver: v.optional(
    v.pipe(
      choice(['memory', 'sqlite'], '; this version has no others'),
      about(
        'Where conversations and events are kept: `sqlite`, a file of this user that all servers share, or `memory`, until the server ends; default: `sqlite`, or `memory` where the file can’t be made',
      ),
    ),
  ),
  path: v.optional(
    v.pipe(
      text(),
      about(
        'File of the SQLite database; default: `tfo-mcp.db` in your state folder (`~/.local/state/tfo-mcp`)',
        {
          holdsPaths: true,
        },
      ),
    ),
  ),
  keep_conversations: v.optional(
    v.pipe(
      onOff(),
      about(
        'Whether conversations are kept in the database; if not, each server has the last ones in its memory, and of what is said nothing is stored',
      ),
    ),
    true,
  ),
  synchronous: v.optional(
    v.pipe(
      choice(['normal', 'full']),
      about(
        '`normal`: a killed process loses nothing that was stored, a power cut may take the last of it. `full`: a power cut takes nothing either, and each answer waits for the disk',
      ),
    ),
    'normal',
  ),
  required: v.optional(
    v.pipe(
      onOff(),
      about(
        'Whether a server that can’t use its database is not ready (`/readyz`); then memory never stands in for it',
      ),
    ),
    false,
  ),
});
