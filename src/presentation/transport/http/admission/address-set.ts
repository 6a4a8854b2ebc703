import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that came in by an IPv6 socket, as URLs write it. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;
const MAPPED_BITS = 96;

/** An address in its one form: IPv4 where it is that, and without the name of an interface; undefined for what is none. */
export function plainAddress(text: string): string | undefined {
  const address = text.replace(/%.*$/s, '');
  if (!isIPv6(address)) return isIPv4(address) ? address : undefined;
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const groups = MAPPED.exec(plain)
    ?.slice(1)
    .map((group) => Number.parseInt(group, 16));
  return groups === undefined ? plain : groups.flatMap((group) => [group >> 8, group & 255]).join('.');
}

/** Tells whether an address in that form is one of these, or in one of these ranges (CIDR). */
export function addressSet(entries: readonly string[]): (address: string) => boolean {
  const set = new BlockList();
  for (const entry of entries) {
    const [given = '', length] = entry.split('/');
    const address = plainAddress(given);
    if (address === undefined) continue;
    const isMapped = isIPv6(given) && isIPv4(address);
    const most = isIPv4(address) ? 32 : 128;
    const bits = length === undefined ? most : Number(length) - (isMapped ? MAPPED_BITS : 0);
    // A range of mapped addresses and of others is one of IPv6.
    if (bits < 0) set.addSubnet(given, Number(length), 'ipv6');
    else set.addSubnet(address, bits, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return (address) => set.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
