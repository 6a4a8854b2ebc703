import * as v from 'valibot';
import { about, type SettingFacts } from '../setting-facts.ts';
import { OTLP_PROTOCOLS, otlpEndpoint } from '../values/otlp-endpoint.ts';
import { headers } from '../values/pairs.ts';
import { seconds } from '../values/seconds.ts';
import { choiceWithOlder, onOff, text } from '../values/value-schemas.ts';

type Facts = Partial<Omit<SettingFacts, 'description'>>;

/* The way to a collector: for all signals, and again for each that goes another way. */

export const endpoint = (facts: Facts) =>
  v.pipe(
    otlpEndpoint(),
    about(
      'Address of an OTLP collector: `host:port`, by TLS unless `insecure`, or a URL; by HTTP, `/v1/traces` and the like are added to it',
      { holdsAddress: true, ...facts },
    ),
  );
export const protocol = (facts: Facts) =>
  v.pipe(
    choiceWithOlder(OTLP_PROTOCOLS, { http: 'http/protobuf' }),
    about(
      'Protocol of the collector; where it is not set, `grpc` on port 4317 and for what is no URL, else `http/protobuf`',
      facts,
    ),
  );
export const insecure = (facts: Facts) =>
  v.pipe(onOff(), about('No TLS to an endpoint that is no URL: a URL says itself', facts));
export const compression = (facts: Facts) =>
  v.pipe(
    v.union([v.boolean(), v.string()], COMPRESSION),
    v.transform((given) => COMPRESSIONS.get(String(given).trim().toLowerCase())),
    v.picklist(['gzip', 'none'], COMPRESSION),
    about('Compression of what is sent: `gzip` or `none`', { words: ['gzip', 'none'], ...facts }),
  );
const COMPRESSION = '"gzip" or "none"';
/** The Python server has true and false. */
const COMPRESSIONS: ReadonlyMap<string, 'gzip' | 'none'> = new Map([
  ...(['gzip', 'true', 'yes', 'on', '1'] as const).map((word) => [word, 'gzip'] as const),
  ...(['none', 'false', 'no', 'off', '0'] as const).map((word) => [word, 'none'] as const),
]);
export const timeout = (facts: Facts) =>
  v.pipe(seconds(0.1, 300), about('How long one request may take', { unit: 'seconds', ...facts }));
export const extraHeaders = (facts: Facts) =>
  v.pipe(
    headers(),
    about('Headers of each request, for collectors that want a key in one', { secret: true, ...facts }),
  );
export const extraHeadersFile = (facts: Facts) =>
  v.pipe(
    text(),
    about('File that holds such headers, a line each as `name=value`', { holdsPaths: true, ...facts }),
  );
export const caFile = (facts: Facts) =>
  v.pipe(
    text(),
    about('File of certificates, in PEM, of authorities that are trusted beside the usual ones', {
      holdsPaths: true,
      ...facts,
    }),
  );
export const certFile = (facts: Facts) =>
  v.pipe(
    text(),
    about('File of our certificate, in PEM, for a collector that wants one', { holdsPaths: true, ...facts }),
  );
export const keyFile = (facts: Facts) =>
  v.pipe(
    text(),
    about('File of the private key of that certificate, in PEM', { holdsPaths: true, ...facts }),
  );

const ONE: Facts = { ofOneSignal: true };

export const oneSignal = v.strictObject({
  endpoint: v.optional(endpoint(ONE)),
  protocol: v.optional(protocol(ONE)),
  insecure: v.optional(insecure(ONE)),
  compression: v.optional(compression(ONE)),
  timeout: v.optional(timeout(ONE)),
  headers: v.optional(extraHeaders(ONE)),
  headers_file: v.optional(extraHeadersFile(ONE)),
  ca_file: v.optional(caFile(ONE)),
  cert_file: v.optional(certFile(ONE)),
  key_file: v.optional(keyFile(ONE)),
});
