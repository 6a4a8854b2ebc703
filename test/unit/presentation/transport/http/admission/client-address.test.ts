import type { IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  clientAddresses,
  countedAddress,
} from '../../../../../../src/presentation/transport/http/admission/client-address.ts';

const test = suite('client-address');

for (const [address, counted] of [
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001::3:4:5:6:7:8', '2001:0:3:4::/64'],
  ['::2:3:4:5:6:7:8', '0:2:3:4::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:ffff::', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, 'unknown'],
] as const) {
  test(`${address} counts as ${counted}`, () => assert.is(countedAddress(address), counted));
}

const TRUSTED = ['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '::ffff:172.16.0.0/108', '::1'];

const clientOf = (address: string | undefined, headers: object, trusted: readonly string[] = TRUSTED) =>
  clientAddresses(trusted)({ headers, socket: { remoteAddress: address } } as unknown as IncomingMessage);

const REAL = '198.51.100.7';
const xff = (value: string) => ({ 'x-forwarded-for': value });
const forwarded = (value: string) => ({ forwarded: value });

/** A connection's address, the headers of a request on it, and the address of its client. */
for (const [address, headers, client] of [
  [REAL, {}, REAL],
  [REAL, xff('203.0.113.1'), REAL],
  [REAL, forwarded('for=203.0.113.1'), REAL],
  ['::ffff:198.51.100.7', xff('203.0.113.1'), '::ffff:198.51.100.7'],
  [undefined, xff('203.0.113.1'), undefined],
  ['10.0.0.1', {}, '10.0.0.1'],
  ['10.0.0.1', xff(REAL), REAL],
  ['::ffff:10.0.0.1', xff(REAL), REAL],
  ['::ffff:a00:1', xff(REAL), REAL],
  ['fd00::1', xff(REAL), REAL],
  ['fd00::1%eth0', xff(REAL), REAL],
  ['172.16.5.5', xff(REAL), REAL],
  ['172.32.5.5', xff(REAL), '172.32.5.5'],
  ['192.0.2.1', xff(REAL), REAL],
  ['192.0.2.2', xff(REAL), '192.0.2.2'],
  ['::1', xff(REAL), REAL],
  // made up by the client, before what the proxy adds
  ['10.0.0.1', xff(`203.0.113.1, ${REAL}`), REAL],
  ['10.0.0.1', xff(`127.0.0.1,::1,${REAL}`), REAL],
  ['10.0.0.1', xff(`203.0.113.1, ${REAL}, 10.0.0.9, fd00::2`), REAL],
  ['10.0.0.1', xff('10.0.0.9'), '10.0.0.9'],
  ['10.0.0.1', xff('10.0.0.8, 10.0.0.9'), '10.0.0.8'],
  ['10.0.0.1', xff('203.0.113.1, unknown'), '10.0.0.1'],
  ['10.0.0.1', xff('203.0.113.1, '), '10.0.0.1'],
  ['10.0.0.1', xff(','), '10.0.0.1'],
  ['10.0.0.1', xff(''), '10.0.0.1'],
  ['10.0.0.1', xff('203.0.113.1, unknown, 10.0.0.9'), '10.0.0.9'],
  ['10.0.0.1', xff('203.0.113.1 10.0.0.9'), '10.0.0.1'],
  ['10.0.0.1', xff('203.0.113.256'), '10.0.0.1'],
  ['10.0.0.1', xff('0x7f.1'), '10.0.0.1'],
  ['10.0.0.1', xff('example.com'), '10.0.0.1'],
  ['10.0.0.1', xff(`${REAL}:50123`), REAL],
  ['10.0.0.1', xff('2001:db8::1'), '2001:db8::1'],
  ['10.0.0.1', xff('2001:DB8:0:0::1'), '2001:db8::1'],
  ['10.0.0.1', xff('[2001:db8::1]'), '2001:db8::1'],
  ['10.0.0.1', xff('[2001:db8::1]:443'), '2001:db8::1'],
  ['10.0.0.1', xff('fe80::1%eth0'), 'fe80::1'],
  ['10.0.0.1', xff(`::ffff:${REAL}`), REAL],
  ['10.0.0.1', xff(`0:0:0:0:0:ffff:${REAL}`), REAL],
  ['10.0.0.1', xff('[2001:db8::1'), '10.0.0.1'],
  ['10.0.0.1', forwarded(`for=${REAL}`), REAL],
  ['10.0.0.1', forwarded(`For="${REAL}:80";proto=https;by=10.0.0.1`), REAL],
  ['10.0.0.1', forwarded(`proto=https; for=${REAL} ;host=example.com`), REAL],
  ['10.0.0.1', forwarded('for="[2001:db8::1]:443"'), '2001:db8::1'],
  ['10.0.0.1', forwarded('for="[2001:db8::1]:_port"'), '2001:db8::1'],
  ['10.0.0.1', forwarded('for=[2001:db8::1]'), '2001:db8::1'],
  ['10.0.0.1', forwarded(`for="\\1\\98.51.100.7"`), REAL],
  ['10.0.0.1', forwarded(`for=203.0.113.1, for=${REAL}, for=10.0.0.9`), REAL],
  ['10.0.0.1', forwarded('for=203.0.113.1, for=unknown'), '10.0.0.1'],
  ['10.0.0.1', forwarded('for=203.0.113.1, for=_hidden, for=10.0.0.9'), '10.0.0.9'],
  ['10.0.0.1', forwarded('for=203.0.113.1, proto=https'), '10.0.0.1'],
  ['10.0.0.1', forwarded('for=203.0.113.1;for=203.0.113.2'), '10.0.0.1'],
  ['10.0.0.1', forwarded('203.0.113.1'), '10.0.0.1'],
  ['10.0.0.1', forwarded('for="203.0.113.1'), '10.0.0.1'],
  // quotes that a client leaves open, so that they swallow what the proxy adds
  ['10.0.0.1', forwarded(`for="203.0.113.1, for=${REAL}`), REAL],
  ['10.0.0.1', forwarded(`for=203.0.113.1;x=", for="${REAL}:80"`), REAL],
  ['10.0.0.1', forwarded(`for=203.0.113.1;x="\\", for="${REAL}:80"`), REAL],
  ['10.0.0.1', forwarded(`host="a;for=203.0.113.1;b";for=${REAL}`), REAL],
  ['10.0.0.1', forwarded(`host="a, for=203.0.113.1";for=${REAL}`), REAL],
  // one header is the proxy's, the other as it came
  ['10.0.0.1', { ...forwarded(`for=${REAL}`), ...xff(REAL) }, REAL],
  ['10.0.0.1', { ...forwarded('for=203.0.113.1'), ...xff(REAL) }, '10.0.0.1'],
  ['10.0.0.1', { ...forwarded(`for=${REAL}`), ...xff('203.0.113.1') }, '10.0.0.1'],
  // long
  ['10.0.0.1', xff(`${'203.0.113.1, '.repeat(8000)}${REAL}`), REAL],
  ['10.0.0.1', xff(','.repeat(100_000)), '10.0.0.1'],
  ['10.0.0.1', xff('1'.repeat(100_000)), '10.0.0.1'],
  ['10.0.0.1', xff(`203.0.113.1${', 10.0.0.9'.repeat(10_000)}`), '10.0.0.9'],
  ['10.0.0.1', forwarded(`${'for=203.0.113.1, '.repeat(6000)}for=${REAL}`), REAL],
  ['10.0.0.1', forwarded(`for="${'\\'.repeat(100_000)}"`), '10.0.0.1'],
  ['10.0.0.1', forwarded(`${'"'.repeat(100_000)},for=${REAL}`), REAL],
] as const) {
  const shown = JSON.stringify(headers);
  test(`a request from ${address} with ${shown.length > 120 ? `${shown.slice(0, 60)}…` : shown} is one of ${client}`, () =>
    assert.is(clientOf(address, headers), client));
}

test('a request is one of its connection where no proxy is trusted', () =>
  assert.is(clientOf('10.0.0.1', { ...xff(REAL), ...forwarded(`for=${REAL}`) }, []), '10.0.0.1'));

test.run();
