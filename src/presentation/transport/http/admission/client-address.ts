import { isIPv6 } from 'node:net';

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
