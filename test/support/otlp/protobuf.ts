/** The kind of a field, as its message's definition has it; a count is a fixed64 that a number can hold, a table a message of its own. */
export type Kind =
  | 'string'
  | 'hex'
  | 'bytes'
  | 'int'
  | 'bool'
  | 'double'
  | 'fixed32'
  | 'fixed64'
  | 'count'
  | 'packed doubles'
  | 'packed fixed64'
  | Table
  | (() => Table);

/** The fields of a message by their numbers; `many` for those that are repeated. */
export interface Table {
  readonly [field: number]: readonly [name: string, kind: Kind, many?: 'many'];
}

type Message = Record<string, unknown>;

/** Reads a message of protobuf by its table. @throws Error at a field that the table hasn't, and at bytes that are no message */
export function readMessage(bytes: Uint8Array, table: Table): Message {
  const message: Message = {};
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) {
    const tag = Number(reader.varint());
    const field = table[tag >>> 3];
    if (field === undefined) throw new Error(`Unexpected field ${tag >>> 3}`);
    const [name, kind, many] = field;
    const value = readValue(reader.value(tag & 7), kind);
    if (many) message[name] = [...((message[name] as unknown[] | undefined) ?? []), value];
    else message[name] = value;
  }
  return message;
}

function readValue(raw: bigint | Buffer, kind: Kind): unknown {
  if (typeof raw === 'bigint') return kind === 'bool' ? raw === 1n : Number(BigInt.asIntN(64, raw));
  if (typeof kind !== 'string') return readMessage(raw, typeof kind === 'function' ? kind() : kind);
  if (kind === 'string') return raw.toString('utf8');
  if (kind === 'hex') return raw.toString('hex');
  if (kind === 'double') return raw.readDoubleLE();
  if (kind === 'fixed32') return raw.readUInt32LE();
  if (kind === 'fixed64') return raw.readBigInt64LE();
  if (kind === 'count') return Number(raw.readBigInt64LE());
  if (kind === 'bytes') return raw;
  const at = Array.from({ length: raw.length / 8 }, (_, index) => index * 8);
  return kind === 'packed doubles'
    ? at.map((offset) => raw.readDoubleLE(offset))
    : at.map((offset) => Number(raw.readBigInt64LE(offset)));
}

class Reader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** By its wire type: a varint as it is, everything else as its bytes. */
  value(wireType: number): bigint | Buffer {
    if (wireType === 0) return this.varint();
    if (wireType === 1) return this.take(8);
    if (wireType === 2) return this.take(Number(this.varint()));
    if (wireType === 5) return this.take(4);
    throw new Error(`Unexpected wire type ${wireType}`);
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.take(1).readUInt8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  private take(count: number): Buffer {
    const taken = this.bytes.subarray(this.at, this.at + count);
    if (taken.length < count) throw new Error('Unexpected end of a message');
    this.at += count;
    return taken;
  }
}
