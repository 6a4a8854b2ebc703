import { scopes } from '../../../domain/policy/scope.ts';

/** The header `WWW-Authenticate`, beside its scheme (RFC 6750, section 3; RFC 9728, section 5.1). */
export interface Challenge {
  /** URL at which a client learns whom to ask for a token; undefined where API keys alone are taken. */
  readonly metadata: string | undefined;
  /** Absent where nothing was wrong but that credentials are missing. */
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope';
}

const ALL_SCOPES = scopes.join(' ');

export function encodeChallenge({ metadata, error }: Challenge): string {
  const parameters = [
    ...(metadata === undefined ? ['realm="tfo-mcp"'] : [`resource_metadata="${metadata}"`]),
    ...(error === undefined ? [] : [`error="${error}"`]),
    ...(error === undefined || error === 'insufficient_scope' ? [`scope="${ALL_SCOPES}"`] : []),
  ];
  return `Bearer ${parameters.join(', ')}`;
}
