import * as v from 'valibot';

export const NETWORK_TRANSPORTS = ['http', 'sse', 'websocket'] as const;

export type NetworkTransport = (typeof NETWORK_TRANSPORTS)[number];

/** Transports that a word names. */
export const TRANSPORT_WORDS: readonly string[] = ['stdio', ...NETWORK_TRANSPORTS];

const EXPECTED = '"stdio" or a list of "http", "sse" and "websocket"';

/** `stdio`, or a list of network transports, as a list or in one text with commas; a single one stands for its list. */
export function transports() {
  return v.pipe(
    v.union([v.string(), v.array(v.string())], EXPECTED),
    v.transform((given) => (typeof given === 'string' ? given.split(',') : given).map((name) => name.trim())),
    v.check((names) => names.length > 0 && (isStdio(names) || names.every(isNetworkTransport)), EXPECTED),
    v.transform((names): 'stdio' | readonly NetworkTransport[] =>
      isStdio(names) ? 'stdio' : [...new Set(names as NetworkTransport[])],
    ),
  );
}

function isStdio(names: readonly string[]): boolean {
  return names.length === 1 && names[0] === 'stdio';
}

function isNetworkTransport(name: string): name is NetworkTransport {
  return (NETWORK_TRANSPORTS as readonly string[]).includes(name);
}
