const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?)(?::\d{1,5})?$/i;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@\s*]+)$/i;

/** Decides whether this is a host name or address as the header `Host` has it, with or without a port. Patterns match nothing. */
export function isHostName(text: string): boolean {
  return HOST.test(text);
}

/** Decides whether this is an origin as browsers send it, or the name of a host. */
export function isOriginOrHostName(text: string): boolean {
  return ORIGIN.test(text) || isHostName(text);
}

/** Decides whether a server could listen on this: a name or an address, without a port. */
export function isListenHost(text: string): boolean {
  return /^[^\s/@?#*,]+$/.test(text) && !/^[^:]*:[^:]*$/.test(text);
}
