/** The header `grpc-status-details-bin` that asks to try again after so many milliseconds (google.rpc.RetryInfo). */
export function retryInfo(status: number, milliseconds: number): Readonly<Record<string, string>> {
  const seconds = Math.floor(milliseconds / 1000);
  const duration = message([1, seconds], [2, (milliseconds - seconds * 1000) * 1e6]);
  const detail = message([1, text('type.googleapis.com/google.rpc.RetryInfo')], [2, message([1, duration])]);
  const other = message([1, text('type.googleapis.com/google.rpc.DebugInfo')], [2, text('anything')]);
  const bytes = message([1, status], [3, other], [3, detail]);
  return { 'grpc-status-details-bin': Buffer.from(bytes).toString('base64').replace(/=+$/, '') };
}

/** The answer to an export of which so many items were not taken. */
export function partialSuccess(rejected: number, reason: string): Uint8Array {
  return message([1, message([1, rejected], [2, text(reason)])]);
}

const text = (content: string): Uint8Array => Buffer.from(content, 'utf8');

function message(...fields: readonly (readonly [number: number, value: number | Uint8Array])[]): Uint8Array {
  return Buffer.concat(
    fields.map(([number, value]) =>
      typeof value === 'number'
        ? Buffer.concat([varint(number << 3), varint(value)])
        : Buffer.concat([varint((number << 3) | 2), varint(value.length), value]),
    ),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}
