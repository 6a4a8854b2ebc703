import { isLogLevel, type LogLevel, nearestLevel } from '../../domain/session/log-level.ts';
import { isJsonObject, type JsonObject, objectOf, typeName } from '../../domain/shared/json.ts';
import { suggest } from '../../domain/shared/nearest-name.ts';
import type { Request } from '../jsonrpc/message.ts';
import { INVALID_PARAMS, RpcError } from '../jsonrpc/rpc-error.ts';
import { type Features, modernRevision, supportedVersions } from './revisions.ts';

const PREFIX = 'io.modelcontextprotocol/';
/** The key whose presence, and nothing else, makes a message modern (MCP 2026-07-28, basic, "`_meta`"). */
const CLAIM = `${PREFIX}protocolVersion`;
const CAPABILITIES = `${PREFIX}clientCapabilities`;
const CLIENT_INFO = `${PREFIX}clientInfo`;
const LOG_LEVEL = `${PREFIX}logLevel`;

const UNSUPPORTED_VERSION = -32022;

/** The facts that a modern request gives of its client. */
export interface Envelope {
  readonly features: Features;
  readonly capabilities: JsonObject;
  readonly client: { readonly name: string; readonly version: string };
  /** Absent: no log messages wanted. */
  readonly logLevel: LogLevel | undefined;
}

export type Classified =
  | { readonly era: 'modern'; readonly envelope: Envelope }
  | { readonly era: 'legacy' }
  | { readonly era: 'none'; readonly error: RpcError };

/** A message that claims to be modern: what it says of its client, or what is wrong with that. */
export type ClaimRead = Exclude<Classified, { era: 'legacy' }>;

const legacy: Classified = { era: 'legacy' };

/** True if the message claims to be of the modern era, rightly or not. */
export function claimsModern(params: JsonObject | undefined): boolean {
  const meta = params?.['_meta'];
  return isJsonObject(meta) && Object.hasOwn(meta, CLAIM);
}

/** The version that a message claims; undefined for none, or one that is no string. */
export function claimedVersion(params: JsonObject | undefined): string | undefined {
  const meta = params?.['_meta'];
  const version = isJsonObject(meta) ? meta[CLAIM] : undefined;
  return typeof version === 'string' ? version : undefined;
}

/**
 * Decides the era of one request. Nothing is remembered but whether there is a legacy session: one connection serves both eras
 * at once (MCP 2026-07-28, basic/versioning).
 */
export function classify({ method, params }: Request, hasSession: boolean): Classified {
  if (claimsModern(params)) return readClaim(params);
  if (hasSession || method === 'initialize' || method === 'ping') return legacy;
  return {
    era: 'none',
    error: new RpcError(
      INVALID_PARAMS,
      `Expected "${CLAIM}" in "_meta" (2026-07-28) or "initialize" first (2025-11-25 and older), got neither`,
      { code: 'session.missing', missing: [CLAIM], supported: supportedVersions },
    ),
  };
}

/** Reads the envelope of a message that claims to be modern. */
export function readClaim(params: JsonObject | undefined): ClaimRead {
  const meta = params?.['_meta'] as JsonObject;
  const version = meta[CLAIM];
  const capabilities = objectOf(meta[CAPABILITIES]);
  const logLevel = meta[LOG_LEVEL] ?? undefined;
  const missing = [
    ...(typeof version === 'string' ? [] : [CLAIM]),
    ...(capabilities === undefined ? [CAPABILITIES] : []),
  ];
  if (missing.length > 0) {
    return malformed(`Expected a string in "${CLAIM}" and an object in "${CAPABILITIES}"`, { missing });
  }
  const features = modernRevision(version as string);
  if (!features) return { era: 'none', error: unsupportedVersion(version as string) };
  if (logLevel !== undefined && !isLogLevel(logLevel)) {
    const near = typeof logLevel === 'string' ? nearestLevel(logLevel) : undefined;
    const hint = near === undefined ? '' : suggest(near);
    return malformed(
      `Expected "${LOG_LEVEL}" to be a severity of RFC 5424, got ${typeName(logLevel)}${hint}`,
      {},
    );
  }
  return {
    era: 'modern',
    envelope: {
      features,
      capabilities: capabilities as JsonObject,
      client: readClientInfo(meta[CLIENT_INFO]),
      logLevel,
    },
  };
}

function malformed(message: string, data: JsonObject): ClaimRead {
  return { era: 'none', error: new RpcError(INVALID_PARAMS, message, { code: 'envelope.invalid', ...data }) };
}

function unsupportedVersion(requested: string): RpcError {
  const shown = requested.slice(0, 64);
  return new RpcError(UNSUPPORTED_VERSION, `Protocol version "${shown}" is not served here per request`, {
    code: 'version.unsupported',
    supported: supportedVersions,
    requested: shown,
  });
}

function readClientInfo(info: unknown): Envelope['client'] {
  const { name, version } = isJsonObject(info) ? info : {};
  return { name: typeof name === 'string' ? name : '', version: typeof version === 'string' ? version : '' };
}
