/** The names by which an HTTP request says where it goes and comes from. */
export interface Whereabouts {
  /** The host of the target, or the `Host` header. */
  readonly host: string | undefined;
  /** The `Origin` header: only browsers send one. */
  readonly origin: string | undefined;
}

export interface AllowedNames {
  /** Host names, with a port or for every port. */
  readonly hosts: readonly string[];
  /** Origins as browsers send them, or host names for every scheme and port. */
  readonly origins: readonly string[];
}

/**
 * Finds what is wrong with a request's host or origin, if anything. A page of some site can make a browser send requests to a
 * server on its user's machine (DNS rebinding; MCP, basic/transports, "Security Warning"): its name gives it away.
 */
export function findForeignName({ host, origin }: Whereabouts, allowed: AllowedNames): string | undefined {
  if (host === undefined || !allowed.hosts.some((name) => isNamed(host, name)))
    return `Expected the header "Host" to be one of security.allowed_hosts, got ${shown(host)}`;
  if (origin !== undefined && !isAllowedOrigin(origin, allowed.origins))
    return `Expected the header "Origin" to be one of security.allowed_origins, got ${shown(origin)}`;
  return undefined;
}

/** Tells whether a page of this origin may use the server. */
function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/]+)$/i.exec(origin)?.[1];
  return allowed.some((entry) =>
    entry.includes('://')
      ? entry.toLowerCase() === origin.toLowerCase()
      : authority !== undefined && isNamed(authority, entry),
  );
}

/** An entry without a port stands for every port. */
function isNamed(authority: string, entry: string): boolean {
  const given = authority.toLowerCase();
  const wanted = entry.toLowerCase();
  return given === wanted || given.replace(/:\d+$/, '') === wanted;
}

const shown = (value: string | undefined) =>
  value === undefined ? 'none' : JSON.stringify(value.slice(0, 100));
