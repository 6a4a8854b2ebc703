import { scopes } from '../../../domain/policy/scope.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { INVALID_PARAMS, INVALID_REQUEST, RpcError } from '../../jsonrpc/rpc-error.ts';
import { supportedVersions } from '../revisions.ts';
import { type Challenge, encodeChallenge } from './challenge.ts';
import { SESSION_HEADER, VERSION_HEADER } from './headers.ts';

/** An HTTP request that is answered with an error before anything is done. */
export interface Refusal {
  readonly status: number;
  /** The body, which JSON-RPC clients understand. */
  readonly error: RpcError;
  readonly headers?: Readonly<Record<string, string>>;
}

/** MCP 2026-07-28, basic/transports/streamable-http: header and body do not agree. */
const HEADER_MISMATCH = -32020;

type Kind = readonly [status: number, error: number, name: string];

/** Every kind of refusal over HTTP: its status, its JSON-RPC error number, and the name that we give it in `data.code`. */
const kinds = {
  // Of the edge
  headerRepeated: [400, INVALID_REQUEST, 'request.invalid'],
  foreignName: [403, INVALID_REQUEST, 'request.invalid'],
  pathUnknown: [404, INVALID_REQUEST, 'request.invalid'],
  rootMethod: [405, INVALID_REQUEST, 'request.invalid'],
  upgradeRequired: [426, INVALID_REQUEST, 'request.invalid'],
  stopping: [503, INVALID_REQUEST, 'request.invalid'],
  tooManyClients: [503, INVALID_REQUEST, 'request.invalid'],
  // Of admission
  credentialMalformed: [400, INVALID_REQUEST, 'authentication.malformed'],
  authenticationRequired: [401, INVALID_REQUEST, 'authentication.required'],
  credentialInvalid: [401, INVALID_REQUEST, 'authentication.failed'],
  scopeMissing: [403, INVALID_REQUEST, 'authorization.insufficient-scope'],
  tooManyRequests: [429, INVALID_REQUEST, 'rate.exceeded'],
  verifierUnavailable: [503, INVALID_REQUEST, 'authentication.unavailable'],
  // Of bodies
  messageTooLong: [413, INVALID_REQUEST, 'message.too-long'],
  contentType: [415, INVALID_REQUEST, 'request.invalid'],
  contentCoding: [415, INVALID_REQUEST, 'request.invalid'],
  transferCoding: [501, INVALID_REQUEST, 'request.invalid'],
  noRoom: [503, INVALID_REQUEST, 'message.no-room'],
  // Of the modern era
  batch: [400, INVALID_REQUEST, 'request.invalid'],
  response: [400, INVALID_REQUEST, 'request.invalid'],
  envelopeMissing: [400, INVALID_PARAMS, 'envelope.invalid'],
  headerMismatch: [400, HEADER_MISMATCH, 'header.mismatch'],
  tooManySubscriptions: [503, INVALID_REQUEST, 'request.invalid'],
  // Of the legacy era
  versionUnsupported: [400, INVALID_REQUEST, 'request.invalid'],
  sessionMissing: [400, INVALID_REQUEST, 'session.missing'],
  sessionOpen: [400, INVALID_REQUEST, 'request.invalid'],
  eventsLost: [400, INVALID_REQUEST, 'request.invalid'],
  streamMissing: [400, INVALID_REQUEST, 'request.invalid'],
  streamNotFound: [404, INVALID_REQUEST, 'request.invalid'],
  sessionNotFound: [404, INVALID_REQUEST, 'session.not-found'],
  notAcceptable: [406, INVALID_REQUEST, 'request.invalid'],
  tooManySessions: [503, INVALID_REQUEST, 'request.invalid'],
} as const satisfies Readonly<Record<string, Kind>>;

interface Details {
  readonly data?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

function refusal(kind: keyof typeof kinds, message: string, { data, headers = {} }: Details = {}): Refusal {
  const [status, error, code] = kinds[kind];
  return { status, error: new RpcError(error, message, { code, ...data }), headers };
}

const retryAfter = (seconds: number) => ({ 'Retry-After': String(seconds) });

/** The status for a method that a path doesn't have, without a body (RFC 9110, section 15.5.6). */
export const METHOD_NOT_ALLOWED = 405;

export const headerRepeated = (name: string) =>
  refusal('headerRepeated', `Expected the header "${name}" once, got it several times`);

/** @param message names the header and what it should have been */
export const foreignName = (message: string) => refusal('foreignName', message);

export const pathUnknown = refusal(
  'pathUnknown',
  'There is nothing at this path; GET / tells where the server is',
);

export const rootMethod = (paths: readonly string[]) =>
  refusal('rootMethod', `Expected the path of an endpoint, got "/"; the server is at ${paths.join(', ')}`, {
    headers: { Allow: 'GET, HEAD' },
  });

export const upgradeRequired = refusal(
  'upgradeRequired',
  'Expected the headers "Connection: Upgrade" and "Upgrade: websocket"',
  { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } },
);

export const stopping = refusal('stopping', 'The server is stopping', {
  headers: { ...retryAfter(5), Connection: 'close' },
});

export const tooManyClients = refusal('tooManyClients', 'There are too many clients; try again later', {
  headers: retryAfter(60),
});

/** No credential came: no error, only how to bring one. */
export const authenticationRequired = (metadata: string | undefined) =>
  challenged(
    'authenticationRequired',
    `Expected ${metadata === undefined ? 'an API key' : 'an access token or an API key'} in the header "Authorization: Bearer …"`,
    { metadata },
  );

export const credentialInvalid = (message: string, metadata: string | undefined) =>
  challenged('credentialInvalid', message, { metadata, error: 'invalid_token' });

export const credentialMalformed = (message: string, metadata: string | undefined) =>
  challenged('credentialMalformed', message, { metadata, error: 'invalid_request' });

export const scopeMissing = (metadata: string | undefined) =>
  challenged(
    'scopeMissing',
    `Expected at least one of the scopes ${scopes.join(', ')}; this credential has none of them`,
    { metadata, error: 'insufficient_scope' },
  );

/** Nobody can tell whether the credential is good: that is not its sender's fault. */
export const verifierUnavailable = (message: string) =>
  refusal('verifierUnavailable', message, { headers: retryAfter(10) });

/** RFC 6585, section 4. */
export function tooManyRequests(waitMs: number): Refusal {
  const seconds = Math.ceil(waitMs / 1000);
  return refusal('tooManyRequests', `Too many requests; wait ${seconds} s`, {
    data: { retryAfter: seconds },
    headers: retryAfter(seconds),
  });
}

function challenged(kind: keyof typeof kinds, message: string, challenge: Challenge): Refusal {
  return refusal(kind, message, { headers: { 'WWW-Authenticate': encodeChallenge(challenge) } });
}

export const messageTooLong = (maxBytes: number) =>
  refusal('messageTooLong', `Expected a message of at most ${maxBytes} bytes; it was not read`, {
    headers: { Connection: 'close' },
  });

export const contentType = refusal(
  'contentType',
  'Expected the header "Content-Type" to be application/json',
);

/** A compressed body is refused by its name, not as bad JSON (RFC 9110, section 15.5.16). */
export const contentCoding = (coding: string) => coded('contentCoding', 'Content-Encoding', coding);

/** RFC 9112, section 6.1. */
export const transferCoding = (coding: string) => coded('transferCoding', 'Transfer-Encoding', coding);

function coded(kind: keyof typeof kinds, header: string, coding: string): Refusal {
  return refusal(kind, `Expected a body without "${header}: ${coding.slice(0, 40)}"`, {
    headers: { 'Accept-Encoding': 'identity' },
  });
}

export const noRoom = refusal('noRoom', 'Too much is being received at the moment; send it again later', {
  headers: retryAfter(5),
});

/** A message that is refused by what its body says: status 400, whatever the number. */
export const badMessage = (error: RpcError): Refusal => ({ status: 400, error });

export const batchUnsupported = refusal(
  'batch',
  'Expected one message, got an array: this revision has no batches',
);

export const responseUnexpected = refusal(
  'response',
  'Expected a request or a notification: this server asks nothing here',
);

export const envelopeMissing = refusal(
  'envelopeMissing',
  'Expected "_meta" with the protocol version that the header names',
  { data: { missing: ['io.modelcontextprotocol/protocolVersion'] } },
);

export const headerMismatch = (message: string, data: JsonObject = {}) =>
  refusal('headerMismatch', message, { data });

export const initializeIsOlder = headerMismatch(
  `Expected no "initialize" with the header "${VERSION_HEADER}" of a revision that has none; ask "server/discover"`,
  { supported: supportedVersions },
);

export const tooManySubscriptions = refusal(
  'tooManySubscriptions',
  'There are too many open subscriptions; end one, or try again later',
  { headers: retryAfter(60) },
);

/** MCP 2025-11-25, basic/transports, "Protocol Version Header". */
export const versionUnsupported = refusal(
  'versionUnsupported',
  `Expected "${VERSION_HEADER}" to name a revision served here`,
  { data: { supported: supportedVersions } },
);

export const sessionMissing = refusal(
  'sessionMissing',
  `Expected a header "${SESSION_HEADER}", as the answer to "initialize" gave it`,
  { data: { supported: supportedVersions } },
);

export const sessionNotFound = refusal(
  'sessionNotFound',
  'There is no such session; begin anew with "initialize"',
);

export const sessionOpen = refusal(
  'sessionOpen',
  'Expected "initialize" once a session; DELETE this one first',
);

export const eventsLost = refusal(
  'eventsLost',
  'Expected "Last-Event-ID" to be one that is still kept; events since then were lost',
);

const STREAM_EXPECTED = 'Expected "sessionId" to name an open stream, as its endpoint event did';
export const streamMissing = refusal('streamMissing', STREAM_EXPECTED);
export const streamNotFound = refusal('streamNotFound', STREAM_EXPECTED);

export const notAcceptable = (types: string) =>
  refusal('notAcceptable', `Expected the header "Accept" to list ${types}`);

/** @param areUsed whether those that nobody uses have been closed already */
export const tooManySessions = (areUsed: boolean) =>
  refusal('tooManySessions', `There are too many sessions${areUsed ? ', all in use' : ''}; try again later`, {
    headers: retryAfter(60),
  });
