import { pathInvalid } from './path-invalid.ts';

/** `\\?\` and its like switch off the rules below, and reach volumes, pipes and devices by other names. */
const VERBATIM = /^[\\/](?:[\\/][?.]|\?\?)[\\/]/;
const VERBATIM_DRIVE = /^[\\/]{2}\?[\\/](?=[a-z]:[\\/])/i;
const VERBATIM_SHARE = /^[\\/]{2}\?[\\/]unc[\\/]/i;

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(?:[.:]|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that Windows forbids in names
const FORBIDDEN = /[<>"|?*\u0000-\u001f]/;

/** The ordinary spelling of a `\\?\C:\…` or `\\?\UNC\…` path; any other path as it is. */
export function withoutVerbatimPrefix(path: string): string {
  if (VERBATIM_DRIVE.test(path)) return path.replace(VERBATIM_DRIVE, '');
  return path.replace(VERBATIM_SHARE, '\\\\');
}

/** A drive, or a share of a network; also with its separators doubled, as those of a text that was escaped twice. */
const DRIVE_ROOT = /^[a-z]:(?=[\\/])/i;
const SHARE_ROOT = /^[\\/]{2,}(?!\.\.?[\\/])([^\\/]+)[\\/]+(?!\.\.?(?:[\\/]|$))([^\\/]+)/;

/** A path as its root (`C:\`, `\\server\share\`), normalized, and the rest as it is; a relative one has no root. */
export function splitWindowsRoot(path: string): { readonly root: string; readonly rest: string } {
  const [found = '', server, share] = DRIVE_ROOT.exec(path) ?? SHARE_ROOT.exec(path) ?? [];
  if (found === '') return { root: '', rest: path };
  const root = server === undefined ? found : `\\\\${server}\\${share}`;
  return { root: `${root}\\`, rest: path.slice(found.length) };
}

/**
 * Refuses the names that Windows takes for something else than they say: devices, alternate data streams, trailing dots and
 * spaces, and paths that depend on a drive's own working directory.
 * @throws DomainError `path.invalid`
 */
export function checkWindowsPath(path: string): void {
  const plain = withoutVerbatimPrefix(path);
  if (VERBATIM.test(plain)) throw pathInvalid(path, 'it names a device');
  if (/^[\\/]{2}/.test(plain) && !SHARE_ROOT.test(plain))
    throw pathInvalid(path, 'a server and a share must follow the two separators');
  const drive = /^[a-z]:/i.test(plain);
  if (drive && !/^[\\/]/.test(plain.slice(2))) throw pathInvalid(path, 'a drive must be followed by "\\"');
  for (const name of plain.slice(drive ? 2 : 0).split(/[\\/]/)) checkName(path, name);
}

function checkName(path: string, name: string): void {
  if (name === '' || name === '.' || name === '..') return;
  if (name.includes(':')) throw pathInvalid(path, 'it names an alternate data stream');
  if (DEVICE.test(name)) throw pathInvalid(path, `${JSON.stringify(name)} is a device`);
  if (/[. ]$/.test(name)) throw pathInvalid(path, 'Windows drops the dot or space at the end of a name');
  if (FORBIDDEN.test(name)) throw pathInvalid(path, 'it contains a character that Windows forbids');
}
