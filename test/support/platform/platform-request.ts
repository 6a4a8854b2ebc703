import type { IncomingHttpHeaders } from 'node:http';

/** The user that a token speaks for. */
export interface TokenUser {
  readonly userId: string;
  readonly email: string;
  readonly permissions: readonly string[];
  readonly organizationId: string | undefined;
}

/** A request as a route sees it. */
export interface PlatformRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  /** Undefined where a route is public. */
  readonly user: TokenUser | undefined;
}

export interface PlatformRoute {
  readonly method: 'GET' | 'POST';
  /** As in "/api/v2/alert-instances/:id". */
  readonly path: string;
  /** Without one, any token does. */
  readonly permission?: string;
  readonly isPublic?: boolean;
  /** Makes the body of a 200; undefined for a 204. */
  readonly handle: (request: PlatformRequest) => unknown;
}

/** Words of HTTP for statuses, as Nest puts them into errors. */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
};

interface FailureFacts {
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is an error, as the platform's filter writes it. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure';
  readonly status: number;
  readonly messages: string | readonly string[];
  readonly facts: FailureFacts;

  constructor(status: number, messages: string | readonly string[], facts: FailureFacts = {}) {
    super(typeof messages === 'string' ? messages : messages.join('; '));
    this.status = status;
    this.messages = messages;
    this.facts = facts;
  }
}

/** Something that the platform didn't foresee, be it a client's fault: its text is hidden, as in production. */
export const unexpected = () =>
  new PlatformFailure(500, 'An unexpected error occurred', { code: 'INTERNAL_SERVER_ERROR' });

export function errorBody(
  { status, messages, facts }: PlatformFailure,
  {
    path,
    timestamp,
    isPhrase,
    isArray,
  }: { path: string; timestamp: string; isPhrase: boolean; isArray: boolean },
): unknown {
  const phrase = PHRASES[status] ?? 'Error';
  const ownCode = isPhrase ? phrase : phrase.toUpperCase().replaceAll(' ', '_');
  const message = typeof messages === 'string' || isArray ? messages : messages.join('; ');
  const { code = ownCode, details } = facts;
  return { error: { code, message, statusCode: status, details, timestamp, path } };
}
