import * as v from 'valibot';
import { about } from '../setting-facts.ts';
import { isListenHost, publicUrl } from '../values/addresses.ts';
import { seconds } from '../values/seconds.ts';
import { NETWORK_TRANSPORTS, TRANSPORT_WORDS, transports } from '../values/transports.ts';
import { MIB, onOff, text, wholeNumber } from '../values/value-schemas.ts';

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
    v.pipe(
      transports(),
      about(
        'How clients reach the server: `stdio`, or a list of `http` (Streamable HTTP, at `/mcp`), `sse` (at `/sse`) ' +
          'and `websocket` (at `/ws`)',
        { words: TRANSPORT_WORDS, entries: NETWORK_TRANSPORTS },
      ),
    ),
    'stdio',
  ),
  host: v.optional(
    v.pipe(
      text(),
      v.check(isListenHost, 'a host name or an address, without a port'),
      about('Address that network transports listen on; stdio has none', { holdsAddress: true }),
    ),
    '127.0.0.1',
  ),
  port: v.optional(
    v.pipe(
      wholeNumber(0, 65_535),
      about('Port that network transports listen on, 0 for any that is free; stdio has none'),
    ),
    8080,
  ),
  public_url: v.optional(
    v.pipe(
      publicUrl(),
      about(
        'URL at which network clients reach the server through a proxy. It has a path if the proxy takes one off. ' +
          'Its host is allowed; URLs that clients are told begin with it',
        { holdsAddress: true },
      ),
    ),
  ),
  max_sessions: v.optional(
    v.pipe(wholeNumber(1, 1_000_000), about('Sessions at once, of each network transport')),
    1000,
  ),
  session_timeout: v.optional(
    v.pipe(seconds(1, 604_800), about('How long an unused session over HTTP is kept', { unit: 'seconds' })),
    1800,
  ),
  stream_timeout: v.optional(
    v.pipe(
      seconds(0, 604_800),
      about(
        'For proxies that end connections after a fixed time. ' +
          'When a client of Streamable HTTP is told to come back for the rest (0: never)',
        { unit: 'seconds' },
      ),
    ),
    0,
  ),
  max_message_size: v.optional(
    v.pipe(
      wholeNumber(MIB, 256 * MIB),
      about('Longest message that network clients may send; `mcp.max_message_size` holds for them, too', {
        unit: 'bytes',
      }),
    ),
    24 * MIB,
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
