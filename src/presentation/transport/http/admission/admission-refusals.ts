import { scopes } from '../../../../domain/policy/scope.ts';
import { invalidRequest } from '../../../jsonrpc/rpc-error.ts';
import type { Refusal } from '../http-exchange.ts';

/** What the header `WWW-Authenticate` says beside the scheme (RFC 6750, section 3; RFC 9728, section 5.1). */
interface Challenge {
  /** Where a client learns whom to ask for a token; undefined where API keys alone are taken. */
  readonly metadata: string | undefined;
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope';
}

const ALL_SCOPES = scopes.join(' ');

/** Nobody said who they are: no error, only how. */
export function authenticationRequired(metadata: string | undefined): Refusal {
  const how = metadata === undefined ? 'an API key' : 'an access token or an API key';
  return refusal(401, {
    code: 'authentication.required',
    message: `Expected ${how} in the header "Authorization: Bearer …"`,
    challenge: { metadata },
  });
}

export function credentialInvalid(message: string, metadata: string | undefined): Refusal {
  const challenge = { metadata, error: 'invalid_token' } as const;
  return refusal(401, { code: 'authentication.failed', message, challenge });
}

export function credentialMalformed(message: string, metadata: string | undefined): Refusal {
  const challenge = { metadata, error: 'invalid_request' } as const;
  return refusal(400, { code: 'authentication.malformed', message, challenge });
}

export function scopeMissing(metadata: string | undefined): Refusal {
  return refusal(403, {
    code: 'authorization.insufficient-scope',
    message: `Expected at least one of the scopes ${scopes.join(', ')}; this credential has none of them`,
    challenge: { metadata, error: 'insufficient_scope' },
  });
}

/** Nobody can tell whether the credential is good: that is not its sender's fault. */
export function verifierUnavailable(message: string): Refusal {
  return {
    status: 503,
    error: invalidRequest(message, { code: 'authentication.unavailable' }),
    headers: { 'Retry-After': '10' },
  };
}

/** RFC 6585, section 4. */
export function tooManyRequests(waitMs: number): Refusal {
  const seconds = Math.ceil(waitMs / 1000);
  return {
    status: 429,
    error: invalidRequest(`Too many requests; wait ${seconds} s`, {
      code: 'rate.exceeded',
      retryAfter: seconds,
    }),
    headers: { 'Retry-After': String(seconds) },
  };
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly challenge: Challenge;
}

function refusal(status: number, { code, message, challenge }: Told): Refusal {
  return {
    status,
    error: invalidRequest(message, { code }),
    headers: { 'WWW-Authenticate': encodeChallenge(challenge) },
  };
}

function encodeChallenge({ metadata, error }: Challenge): string {
  const parameters = [
    ...(metadata === undefined ? ['realm="tfo-mcp"'] : [`resource_metadata="${metadata}"`]),
    ...(error === undefined ? [] : [`error="${error}"`]),
    ...(error === undefined || error === 'insufficient_scope' ? [`scope="${ALL_SCOPES}"`] : []),
  ];
  return `Bearer ${parameters.join(', ')}`;
}
