/** A field of a message: its number, and its value if that is a number or bytes. */
export type ProtobufField = readonly [number: number, value: number | Uint8Array];

/** The fields of a message that is known by nothing but its numbers; none where the bytes are no message. */
export function protobufFields(bytes: Uint8Array): readonly ProtobufField[] {
  const fields: ProtobufField[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const [number, wireType] = [Math.floor(tag / 8), tag % 8];
    const length = wireType === 2 ? varint() : SIZES[wireType];
    if (length === undefined || !(at + length <= bytes.length)) return [];
    fields.push([number, wireType === 0 ? varint() : bytes.subarray(at, at + length)]);
    at += length;
  }
  return fields.some(([, value]) => Number.isNaN(value)) ? [] : fields;
}

/** Bytes of a value by its wire type; those of a varint are read as they come. */
const SIZES: Readonly<Record<number, number>> = { 0: 0, 1: 8, 5: 4 };

export function bytesOf(fields: readonly ProtobufField[], wanted: number): readonly Uint8Array[] {
  return fields.flatMap(([number, value]) =>
    number === wanted && value instanceof Uint8Array ? [value] : [],
  );
}

export function textOf(fields: readonly ProtobufField[], wanted: number): string {
  return new TextDecoder().decode(bytesOf(fields, wanted)[0]);
}

export function numberOf(fields: readonly ProtobufField[], wanted: number): number {
  const found = fields.find(([number, value]) => number === wanted && typeof value === 'number');
  return (found?.[1] as number | undefined) ?? 0;
}
