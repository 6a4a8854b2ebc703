import { DomainError } from '../../domain/shared/domain-error.ts';

/** Reasons why a connection fails, by the code of Node.js, OpenSSL or undici, and what to do about it. */
const reasons: readonly [RegExp, string][] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'its name has no address: check the network, and "claude.base_url"'],
  [/^ECONNREFUSED$/, 'nothing listens there: check "claude.base_url", and HTTPS_PROXY if there is a proxy'],
  [/ALTNAME|HOSTNAME_MISMATCH/, 'its certificate is for another host: check "claude.base_url"'],
  [
    /EXPIRED|NOT_YET_VALID/,
    "its certificate is out of date: check this machine's clock, or tell who runs it",
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/,
    'its certificate is not trusted: set NODE_EXTRA_CA_CERTS to the file of your certificate authority',
  ],
  [/TIMEOUT|TIMEDOUT/, 'it did not answer in time: check the network, and HTTPS_PROXY if there is a proxy'],
  [/^ERR_PROXY_TUNNEL$/, 'the proxy refused: check HTTPS_PROXY, with its user and password if it wants them'],
  [/^ERR_PROXY_INVALID_CONFIG$/, 'HTTPS_PROXY is not a URL'],
];

/**
 * A `claude.network` that names the host and a known reason. Never what the error says: a proxy's address in it could hold a password.
 * Without a cause, only what happened is told.
 */
export function connectionFailure(
  cause: unknown,
  host: string,
  what: 'failed' | 'broke off' = 'failed',
): DomainError {
  const code = connectionCode(cause);
  const [, reason = 'try again, or check the network'] =
    reasons.find(([codes]) => codes.test(code ?? '')) ?? [];
  const known = code === undefined ? '' : ` (${code})`;
  return new DomainError(
    'claude.network',
    'unavailable',
    `The connection to "${host}" ${what}${known}: ${reason}`,
  );
}

/** The first code in the chain of causes; of several attempts at once, that of the first. */
export function connectionCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code)) return code;
    if (at instanceof AggregateError) return connectionCode(at.errors[0]);
  }
  return undefined;
}
