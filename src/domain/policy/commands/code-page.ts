/** Code pages of Windows that the Encoding standard has under another name. */
const labels: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  20866: 'koi8-r',
  20932: 'euc-jp',
  21866: 'koi8-u',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
};

/**
 * The encoding of a code page, as `TextDecoder` takes it, or as "cp850" where it doesn't; undefined for UTF-8.
 * @param page its number, as `chcp` tells it
 */
export function codePageEncoding(page: number): string | undefined {
  if (page === 65001) return undefined;
  if (page >= 1250 && page <= 1258) return `windows-${page}`;
  if (page > 28590 && page <= 28606 && page !== 28602)
    return page === 28601 ? 'windows-874' : `iso-8859-${page - 28590}`;
  return labels[page] ?? `cp${page}`;
}
