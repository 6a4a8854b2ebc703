import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { addressSet, plainAddress } from './address-set.ts';
import { forwardedHops, type HopReader, xForwardedHops } from './forwarded-hops.ts';

/** The address of a request's client, as far as it is known. */
export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string | undefined;

/** Proxies before one another that are looked behind: nobody has more. */
const MOST_HOPS = 32;

/**
 * Finds clients behind these proxies, named by addresses and ranges. Each proxy adds to a header whom it heard from, so that it is
 * read from its end, as far as those it names are proxies of ours: whatever stands before may be made up. A proxy that says
 * nothing that is understood is itself the client, as far as anybody knows.
 */
export function clientAddresses(trustedProxies: readonly string[] = []): AddressOf {
  if (trustedProxies.length === 0) return ({ socket }) => socket.remoteAddress;
  const isTrusted = addressSet(trustedProxies);
  const lastUntrusted = (first: string, hops: HopReader, header: string): string => {
    let client = first;
    let left = MOST_HOPS;
    for (const hop of hops(header)) {
      if (hop === undefined || left === 0) break;
      client = hop;
      if (!isTrusted(hop)) break;
      left -= 1;
    }
    return client;
  };
  return ({ socket, headers }) => {
    const address = plainAddress(socket.remoteAddress ?? '');
    if (address === undefined || !isTrusted(address)) return socket.remoteAddress;
    const { forwarded } = headers;
    const xForwarded = headers['x-forwarded-for'];
    const clients = [
      ...(forwarded === undefined ? [] : [lastUntrusted(address, forwardedHops, forwarded)]),
      ...(xForwarded === undefined ? [] : [lastUntrusted(address, xForwardedHops, String(xForwarded))]),
    ];
    // Proxies write one of the headers and hand on the other as it came: two that differ tell nothing.
    return new Set(clients).size === 1 ? clients[0] : address;
  };
}

/**
 * The name under which a client's address is counted. Of IPv6, whoever has one address has 2^64 of them: the network counts;
 * IPv4 that came in by an IPv6 socket is itself.
 */
export function countedAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'; // gone already
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${networkOf(address)}::/64` : address;
}

/** The first four of eight groups; `::` stands for as many zeros as are missing. */
function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail.split(':');
  const zeros = Array(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
