/** The name of an encoding: `base64`, one of the Encoding standard in lower case, or UTF-32 in either byte order, which the standard lacks. */
export type Encoding = string;

/** The encodings that are not in the runtime's table. */
const OURS = ['utf-32le', 'utf-32be', 'iso-8859-16', 'x-user-defined', 'base64'];

/** Names that people use and the standard lacks. */
const ALIASES: Readonly<Record<string, Encoding>> = {
  'utf-32': 'utf-32le',
  utf32: 'utf-32le',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  // The code pages of Windows, as it and Python name them.
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp65001: 'utf-8',
};

/** Labels to suggest to whoever mistypes one. */
export const commonLabels: readonly string[] = [
  ...['utf-8', 'utf-16le', 'utf-16be', ...OURS, 'latin1', 'windows-1252', 'windows-1251', 'windows-1250'],
  ...[
    'shift_jis',
    'euc-jp',
    'iso-2022-jp',
    'gbk',
    'gb18030',
    'big5',
    'euc-kr',
    'koi8-r',
    'ibm866',
    'macintosh',
  ],
  ...[
    'iso-8859-2',
    'iso-8859-15',
    'windows-874',
    'windows-1253',
    'windows-1254',
    'windows-1255',
    'windows-1256',
  ],
];

/** The encoding that a label of the Encoding standard (section 4.2) names, or undefined; `latin1` is windows-1252 there. */
export function encodingOf(label: string): Encoding | undefined {
  const name = label.trim().toLowerCase();
  if (OURS.includes(name)) return name;
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name];
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined; // no label, or one of those that the standard keeps from being decoded
  }
}

/** The form of a line end (U+000A) in an encoding: in how many bytes, and which of them is 10; the others are 0. */
export interface LineEnd {
  readonly bytes: number;
  readonly at: number;
}

/** No other encoding of the standard has 10 inside of a character. */
const ONE_BYTE: LineEnd = { bytes: 1, at: 0 };

const WIDE: Readonly<Record<Encoding, LineEnd>> = {
  'utf-16le': { bytes: 2, at: 0 },
  'utf-16be': { bytes: 2, at: 1 },
  'utf-32le': { bytes: 4, at: 0 },
  'utf-32be': { bytes: 4, at: 3 },
};

export const lineEndIn = (encoding: Encoding): LineEnd => WIDE[encoding] ?? ONE_BYTE;

/** True where the meaning of a byte depends on what is before it in its line: such text can be read from the start of a line only. */
export const isStateful = (encoding: Encoding): boolean => encoding === 'iso-2022-jp';

/** The byte order mark, U+FEFF. */
export const MARK = '\ufeff';

/** Those whose text can begin with a mark. */
export const takesMark = (encoding: Encoding): boolean => encoding === 'utf-8' || encoding in WIDE;
