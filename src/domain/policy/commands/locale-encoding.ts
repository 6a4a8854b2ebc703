/** Names that glibc and others have for encodings that the Encoding standard calls otherwise, without case and hyphens. */
const labels: Readonly<Record<string, string>> = {
  eucjp: 'euc-jp',
  ujis: 'euc-jp',
  euckr: 'euc-kr',
  euccn: 'gbk',
  big5hkscs: 'big5-hkscs',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  windows31j: 'shift_jis',
  gb2312: 'gbk',
  gbk: 'gbk',
  gb18030: 'gb18030',
  big5: 'big5',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  tis620: 'windows-874',
  cp866: 'ibm866',
  ibm866: 'ibm866',
};

/**
 * The encoding that programs write in by an environment's locale, as `TextDecoder` takes it; undefined where that is UTF-8, or
 * not told (POSIX, Environment Variables: LC_ALL before LC_CTYPE before LANG, and what is empty is not set).
 */
export function localeEncoding(environment: Readonly<Record<string, string>>): string | undefined {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  const [, codeset, modifier] = /^[^.@]*(?:\.([^@]*))?(?:@(.*))?$/.exec(locale) ?? [];
  const name = (codeset ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  if (name === '') return modifier === 'euro' ? 'iso-8859-15' : undefined;
  const [, part] = /^iso8859(\d+)$/.exec(name) ?? [];
  if (part !== undefined) return part === '11' ? 'windows-874' : `iso-8859-${part}`;
  const [, page] = /^(?:cp|windows)(125\d|874)$/.exec(name) ?? [];
  if (page !== undefined) return `windows-${page}`;
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}
