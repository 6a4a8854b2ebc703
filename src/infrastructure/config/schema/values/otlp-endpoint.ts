import * as v from 'valibot';
import { AT_SIGN } from '../../../../domain/policy/redact-urls.ts';

export const OTLP_PROTOCOLS = ['grpc', 'http/protobuf'] as const;

export type OtlpProtocol = (typeof OTLP_PROTOCOLS)[number];

export const TELEMETRY_SIGNALS = ['traces', 'metrics', 'logs'] as const;

export type TelemetrySignal = (typeof TELEMETRY_SIGNALS)[number];

/** The ports that collectors listen on unless told otherwise. */
const PORTS: Readonly<Record<OtlpProtocol, number>> = { grpc: 4317, 'http/protobuf': 4318 };

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** Of a collector: a host with or without a port, or a URL. */
export function otlpEndpoint() {
  const expected =
    'the address of a collector, as "host:4317" or as an http or https URL, without user, query and fragment';
  return v.pipe(
    v.string(expected),
    v.trim(),
    v.check((endpoint) => parse(endpoint, true) !== undefined, expected),
  );
}

export interface OtlpTarget {
  readonly protocol: OtlpProtocol;
  /** Requests go there; over gRPC its path says nothing. */
  readonly url: URL;
}

interface EndpointSettings {
  readonly endpoint: string;
  readonly protocol?: OtlpProtocol | undefined;
  /** No TLS, for an endpoint without a scheme: one with a scheme says itself. */
  readonly insecure: boolean;
  /** Set for an endpoint of all signals: what is behind its path is the one of this. Else the URL is used as it is. */
  readonly signal?: TelemetrySignal | undefined;
}

/** Reads an endpoint that `otlpEndpoint` has let through. Without a protocol, its port and its form decide. */
export function otlpTarget({ endpoint, insecure, signal, ...asked }: EndpointSettings): OtlpTarget {
  const url = parse(endpoint, insecure);
  if (url === undefined) throw new TypeError('Expected an endpoint that was checked');
  const isBare = !SCHEME.test(endpoint);
  const protocol = asked.protocol ?? protocolOf(url, isBare);
  if (isBare && !hasPort(endpoint)) url.port = String(PORTS[protocol]);
  if (protocol === 'http/protobuf' && signal !== undefined)
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return { protocol, url };
}

/** `host:port` is how gRPC names its targets, and a URL is what HTTP asks for. */
function protocolOf({ port, pathname }: URL, isBare: boolean): OtlpProtocol {
  if (port === String(PORTS['grpc'])) return 'grpc';
  return isBare && pathname === '/' && port !== String(PORTS['http/protobuf']) ? 'grpc' : 'http/protobuf';
}

/** `new URL` drops the port that its scheme has by default. */
function hasPort(endpoint: string): boolean {
  return /:\d+(?:\/|$)/.test(endpoint);
}

function parse(endpoint: string, insecure: boolean): URL | undefined {
  const [, scheme] = SCHEME.exec(endpoint) ?? [];
  if (AT_SIGN.test(endpoint) || /[\s?#\\]/.test(endpoint)) return undefined;
  const isAddressAlone = scheme === undefined && /^[^[/]*:[^/]*:/.test(endpoint);
  const url = URL.parse(scheme === undefined ? `${insecure ? 'http' : 'https'}://${endpoint}` : endpoint);
  if (url === null || isAddressAlone || url.hostname === '' || url.port === '0') return undefined;
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
