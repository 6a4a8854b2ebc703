import * as v from 'valibot';
import { seconds } from '../seconds.ts';
import { about } from '../setting-facts.ts';
import { choice, onOff, text, wholeNumber } from '../value-schemas.ts';

export const serverSection = v.strictObject({
  name: v.optional(
    v.pipe(
      text(),
      v.maxLength(128, 'a text of at most 128 characters'),
      about('Name told to clients (`serverInfo.name`)'),
    ),
    'TelemetryFlow-MCP',
  ),
  transport: v.optional(
    v.pipe(choice(['stdio'], ' (this version serves stdio only)'), about('How clients reach the server')),
    'stdio',
  ),
  host: v.optional(
    v.pipe(text(), about('Address that network transports listen on; stdio has none')),
    '127.0.0.1',
  ),
  port: v.optional(
    v.pipe(wholeNumber(1, 65_535), about('Port that network transports listen on; stdio has none')),
    8080,
  ),
  shutdown_timeout: v.optional(
    v.pipe(
      seconds(0, 300),
      about('How long the server may take to stop, requests in flight included', { unit: 'seconds' }),
    ),
    2,
  ),
  debug: v.optional(
    v.pipe(onOff(), about('Sets `logging.level` to debug', { aliases: ['TELEMETRYFLOW_MCP_DEBUG'] })),
    false,
  ),
});
