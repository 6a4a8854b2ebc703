const UNKNOWN_BYTES = 'application/octet-stream';
const PLAIN_TEXT = 'text/plain';

/** By the extension, lower case: what is text... */
const textTypes: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml',
  c: 'text/x-c',
  cc: 'text/x-c++',
  cjs: 'text/javascript',
  cpp: 'text/x-c++',
  cs: 'text/x-csharp',
  css: 'text/css',
  csv: 'text/csv',
  diff: 'text/x-diff',
  go: 'text/x-go',
  h: 'text/x-c',
  hpp: 'text/x-c++',
  htm: 'text/html',
  html: 'text/html',
  ics: 'text/calendar',
  ipynb: 'application/x-ipynb+json',
  java: 'text/x-java',
  js: 'text/javascript',
  json: 'application/json',
  jsonl: 'application/jsonl',
  jsx: 'text/javascript',
  kt: 'text/x-kotlin',
  markdown: 'text/markdown',
  md: 'text/markdown',
  mjs: 'text/javascript',
  ndjson: 'application/x-ndjson',
  patch: 'text/x-diff',
  php: 'text/x-php',
  proto: 'text/x-protobuf',
  ps1: 'text/x-powershell',
  py: 'text/x-python',
  rb: 'text/x-ruby',
  rs: 'text/x-rust',
  rst: 'text/x-rst',
  rtf: 'application/rtf',
  sh: 'text/x-shellscript',
  sql: 'application/sql',
  svg: 'image/svg+xml',
  swift: 'text/x-swift',
  tex: 'text/x-tex',
  toml: 'application/toml',
  ts: 'text/x-typescript',
  tsv: 'text/tab-separated-values',
  tsx: 'text/x-typescript',
  vcf: 'text/vcard',
  webmanifest: 'application/manifest+json',
  xhtml: 'application/xhtml+xml',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

/** ...and what isn't. */
const binaryTypes: Readonly<Record<string, string>> = {
  '7z': 'application/x-7z-compressed',
  aac: 'audio/aac',
  avif: 'image/avif',
  bmp: 'image/bmp',
  bz2: 'application/x-bzip2',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  epub: 'application/epub+zip',
  flac: 'audio/flac',
  gif: 'image/gif',
  gz: 'application/gzip',
  heic: 'image/heic',
  ico: 'image/vnd.microsoft.icon',
  jar: 'application/java-archive',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  m4a: 'audio/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  otf: 'font/otf',
  parquet: 'application/vnd.apache.parquet',
  pdf: 'application/pdf',
  png: 'image/png',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  sqlite: 'application/vnd.sqlite3',
  tar: 'application/x-tar',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  zst: 'application/zstd',
};

/** Beginnings of well-known kinds of files, for those whose name doesn't tell; `.` is any byte. */
const signatures: readonly (readonly [beginning: string, type: string])[] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['RIFF....WEBP', 'image/webp'],
  ['RIFF....WAVE', 'audio/wav'],
  ['ID3', 'audio/mpeg'],
  ['fLaC', 'audio/flac'],
  ['OggS', 'audio/ogg'],
  ['%PDF-', 'application/pdf'],
  ['\0asm', 'application/wasm'],
  ['\x1f\x8b', 'application/gzip'],
  ['SQLite format 3\0', 'application/vnd.sqlite3'],
];

/** The beginning that several formats share: there the name tells more than the first bytes. */
const ZIP = 'PK\x03\x04';

/**
 * The media type of a file, by its name as far as its content agrees. A `.ts` full of bytes is no TypeScript, and a picture is one
 * under any name.
 * @param isText whether the whole content is text
 * @param head the first bytes, of which 16 are enough
 */
export function mediaTypeOf(path: string, isText: boolean, head: Uint8Array): string {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (isText) return lookUp(textTypes, extension) ?? PLAIN_TEXT;
  const recognized = signatures.find(([beginning]) => beginsWith(head, beginning))?.[1];
  const named = lookUp(binaryTypes, extension);
  return recognized ?? named ?? (beginsWith(head, ZIP) ? 'application/zip' : UNKNOWN_BYTES);
}

const lookUp = (types: Readonly<Record<string, string>>, extension: string): string | undefined =>
  Object.hasOwn(types, extension) ? types[extension] : undefined;

const beginsWith = (head: Uint8Array, beginning: string): boolean =>
  [...beginning].every((byte, at) => byte === '.' || byte.charCodeAt(0) === head[at]);

/** Pictures that models see; any other image, or a name without the content, makes their provider refuse the whole conversation. */
const SHOWN_PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Tells whether the bytes begin a picture that models see. */
export const isShownPicture = (head: Uint8Array): boolean =>
  SHOWN_PICTURES.includes(mediaTypeOf('', false, head));
