/** Any address: no name that a client would use. */
export function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** As it is written in a URL. */
export function authorityOf(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
