/** Text of JSON that is `before`, so many times `piece`, and `after`. */
function repeated(before: string, piece: string, count: number, after: string): Buffer {
  return Buffer.from(`${before}${piece.repeat(count - 1)}${piece.replace(/,$/, '')}${after}`);
}

const MIB = 1024 * 1024;
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":';

const wideArray = (bytes: number) => repeated(`${PING}[`, '1,', bytes / 2, ']}}');
const manyObjects = (bytes: number) => repeated('[', '{},', Math.floor(bytes / 3), ']');

function manyKeys(count: number): Buffer {
  const keys = Array.from({ length: count }, (_, key) => `"${key.toString(36)}":1`);
  return Buffer.from(`${PING}{${keys.join(',')}}}}`);
}

/**
 * Messages that are cheap to send and dear to read, made when they are sent; the second size is what stdio takes, the first what a
 * network does.
 */
export const messages: readonly (readonly [what: string, network: () => Buffer, stdio: () => Buffer])[] = [
  [
    'batch of 5,000,000 members',
    () => repeated('[', '1,', 5_000_000, ']'),
    () => repeated('[', '1,', 5_000_000, ']'),
  ],
  ['wide array', () => wideArray(23 * MIB), () => wideArray(62 * MIB)],
  ['[{},{},…]', () => manyObjects(23 * MIB), () => manyObjects(62 * MIB)],
  ['object of many keys', () => manyKeys(2_000_000), () => manyKeys(5_000_000)],
];
