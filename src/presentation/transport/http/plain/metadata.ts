import type { IncomingMessage } from 'node:http';
import { scopes } from '../../../../domain/policy/scope.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { requestHost, requestPath } from '../request-path.ts';
import type { Endpoint } from '../routes.ts';

/** RFC 9728, section 3. */
const WELL_KNOWN = '/.well-known/oauth-protected-resource';
const RESOURCE = '/mcp';
const MAX_AGE_SECONDS = 300;

export interface MetadataOptions {
  /** Issuer of the tokens that are taken here. */
  readonly issuer: string;
  /** URL by which clients reach the server, its path included; absent: the one that this client used. */
  readonly publicUrl: string | undefined;
}

/** The documents by which clients learn whom to ask for a token: of the endpoint, and of the whole server. */
export function metadataEndpoints(options: MetadataOptions): ReadonlyMap<string, Endpoint> {
  const prefix = URL.parse(options.publicUrl ?? '')?.pathname.replace(/^\/$/, '') ?? '';
  const resources = [...new Set(['', prefix])].flatMap((before) => [
    [`${WELL_KNOWN}${before}`, endpoint(options, '')] as const,
    // For a client that was told nothing, and puts the server’s path last (RFC 9728, section 3.1).
    [`${WELL_KNOWN}${before}${RESOURCE}`, endpoint(options, RESOURCE)] as const,
  ]);
  return new Map(resources);
}

/** URL of the document that goes with the request's path. */
export function metadataUrlOf(request: IncomingMessage, { publicUrl }: MetadataOptions): string {
  const isEndpoint = requestPath(request) === RESOURCE;
  return `${originOf(request, publicUrl)}${WELL_KNOWN}${isEndpoint ? RESOURCE : ''}`;
}

function endpoint({ issuer, publicUrl }: MetadataOptions, path: string): Endpoint {
  return {
    isAnonymous: true,
    handle: async (exchange) => {
      const { method } = exchange.request;
      if (method === 'GET' || method === 'HEAD') {
        const resource = `${originOf(exchange.request, publicUrl)}${path}`;
        answer(exchange, { resource, authorization_servers: [issuer] });
      } else exchange.refuseMethod('GET', 'HEAD');
    },
  };
}

function answer(exchange: HttpExchange, facts: object): void {
  const document = {
    ...facts,
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
    resource_name: 'tfo-mcp',
  };
  exchange.json(200, JSON.stringify(document), { 'Cache-Control': `max-age=${MAX_AGE_SECONDS}` });
}

/** The host was held against the allowed names before. */
function originOf(request: IncomingMessage, publicUrl: string | undefined): string {
  return publicUrl ?? `http://${requestHost(request)}`;
}
