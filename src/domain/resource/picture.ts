/** Pixels of a side that models take (Claude API, vision). */
const MOST_PIXELS = 8000;

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Reads the size of a whole picture; undefined where it breaks off, or was none from the beginning. */
type ReadSize = (bytes: Uint8Array, view: DataView) => PictureSize | undefined;

const readers: Readonly<Record<string, ReadSize>> = {
  'image/png': sizeOfPng,
  'image/jpeg': sizeOfJpeg,
  'image/gif': sizeOfGif,
  'image/webp': sizeOfWebp,
};

/**
 * The reason why a model could not be shown a picture, as the rest of a sentence; undefined where it can. Its provider refuses the
 * whole conversation for one that it can't decode. Reads the frame of the file only: what is in it can still be wrong.
 * @param mimeType by its first bytes
 */
export function pictureFault(bytes: Uint8Array, mimeType: string): string | undefined {
  const size = readers[mimeType]?.(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (size === undefined || size.width === 0 || size.height === 0)
    return 'is broken: it begins as a picture, and does not go on as one to its end';
  if (Math.max(size.width, size.height) <= MOST_PIXELS) return undefined;
  return `has ${size.width} x ${size.height} pixels, and models take at most ${MOST_PIXELS} a side`;
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** PNG, third edition, section 5: chunks up to IEND, the first one IHDR. */
function sizeOfPng(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (bytes.length < 33 || textAt(bytes, 12, 4) !== 'IHDR') return undefined;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    if (textAt(bytes, at + 4, 4) === 'IEND') return { width: view.getUint32(16), height: view.getUint32(20) };
  return undefined;
}

/** ITU-T T.81, annex B: segments up to the scan, and the end of the image somewhere behind it. */
function sizeOfJpeg(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  let size: PictureSize | undefined;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0xda) return hasEndOfImage(bytes, at) ? size : undefined;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function hasEndOfImage(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 1; at > from; at--)
    if (bytes[at] === 0xd9 && bytes[at - 1] === 0xff) return true;
  return false;
}

/** GIF89a, section 18 and appendix B: a screen, then blocks up to the trailer. */
function sizeOfGif(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (bytes.length < 13) return undefined;
  const skipTable = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  const skipBlocks = (from: number) => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] as number);
    return at + 1;
  };
  for (let at = 13 + skipTable(bytes[10] as number); at < bytes.length; ) {
    const kind = bytes[at];
    if (kind === 0x3b) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (kind === 0x21) at = skipBlocks(at + 2);
    else if (kind === 0x2c) at = skipBlocks(at + 11 + skipTable(bytes[at + 9] ?? 0));
    else return undefined;
  }
  return undefined;
}

/** RFC 9649, section 2: a RIFF file as long as it says, whose first chunk has the size. */
function sizeOfWebp(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length) return undefined;
  const chunk = textAt(bytes, 12, 4);
  if (chunk === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8X') return undefined;
  const threeBytes = (at: number) => (view.getUint32(at - 1, true) >>> 8) + 1;
  return { width: threeBytes(24), height: threeBytes(27) };
}
