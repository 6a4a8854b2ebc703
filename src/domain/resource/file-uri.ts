import type { PathPlatform } from '../policy/paths/path-platform.ts';
import { DomainError } from '../shared/domain-error.ts';
import { shorten } from '../text/utf8.ts';

const FILE_URI = /^file:(?:\/\/([^/?#]*))?([^?#]*)([?#].*)?$/is;

/** True if the URI is one of a file, well-formed or not (RFC 3986, section 3.1: the scheme's case doesn't matter). */
export const isFileUri = (uri: string): boolean => /^file:/i.test(uri);

/**
 * The path that a file URI names (RFC 8089), percent-decoded and not normalized. Windows drives come as `/C:/`, `/c%3A/` or `/C|/`,
 * UNC hosts as `//host/share` or in four slashes. A path that was put into `file:///{path}` whole, its own separators encoded,
 * is taken as well: that is what RFC 6570 makes of the template.
 * @throws DomainError `resource.uri-invalid`
 */
export function pathOfFileUri(uri: string, platform: PathPlatform): string {
  const [, encodedHost = '', encodedPath = '', rest] = FILE_URI.exec(uri) ?? [];
  if (rest !== undefined) throw invalid(uri, 'no query and no fragment; write "?" as %3F and "#" as %23');
  const host = decode(encodedHost);
  const path = decode(encodedPath);
  if (host === undefined || path === undefined)
    throw invalid(uri, 'percent-encoded UTF-8; write a literal "%" as %25');
  const isLocal = host === '' || host.toLowerCase() === 'localhost';
  if (isLocal && /^[/\\]*$/.test(path)) throw invalid(uri, 'a path behind file:///');
  if (platform === 'windows') return isLocal ? windowsPath(path) : `\\\\${backslashed(host + path)}`;
  if (isLocal) return `/${path.replace(/^\/+/, '')}`;
  throw invalid(uri, 'an absolute path of this machine, behind three slashes, as in file:///home/me/a.txt');
}

/** The URI of the file at an absolute path (RFC 8089): on Windows a drive becomes the first segment and a server the host. */
export function fileUriOf(path: string): string {
  const isWindows = /^(?:[a-z]:\\|\\\\)/i.test(path);
  const segments = path.split(isWindows ? '\\' : '/').map(encodeURIComponent);
  if (!isWindows) return `file://${segments.join('/')}`;
  if (path.startsWith('\\')) return `file:${segments.join('/')}`;
  return `file:///${path.slice(0, 2)}/${segments.slice(1).join('/')}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a malformed percent-encoding, or bytes that are no UTF-8, name nothing
  }
}

const DRIVE = /^[/\\]*([A-Za-z])[:|][/\\]*/;

/** Of a decoded path: one on a drive, a UNC path in four slashes (RFC 8089, appendix E), or one from the current drive's root. */
function windowsPath(path: string): string {
  const drive = DRIVE.exec(path);
  if (drive) return `${drive[1]}:\\${backslashed(path.slice(drive[0].length))}`;
  const isUnc = /^\/?[/\\]{2}/.test(path);
  return `${isUnc ? '\\\\' : '\\'}${backslashed(path).replace(/^\\+/, '')}`;
}

const backslashed = (path: string) => path.replaceAll('/', '\\');

function invalid(uri: string, expected: string): DomainError {
  return new DomainError(
    'resource.uri-invalid',
    'invalid',
    `Expected a file URI with ${expected}; got "${shorten(uri, 300)}"`,
    { uri },
  );
}
