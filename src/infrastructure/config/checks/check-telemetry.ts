import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { isLoopback } from '../../../domain/policy/loopback.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import type { Configuration } from '../schema/configuration-schema.ts';
import { otlpTarget } from '../schema/values/otlp-endpoint.ts';
import type { GivenSetting } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';
import { problemAt } from './problems.ts';

/** Settings that mean nothing without each other. */
const PAIRS = [
  ['api_key_id', 'api_key_secret'],
  ['cert_file', 'key_file'],
] as const;

/** Problems of the settings of telemetry that are right each on its own; of the variables of other programs, none. */
export function checkTelemetry(
  { telemetry }: Configuration,
  effective: GivenSettings,
): readonly ConfigurationProblem[] {
  return PAIRS.flatMap(([one, other]) => {
    const [given, missing] = telemetry[one] === undefined ? [other, one] : [one, other];
    const place =
      effective.get(`telemetry.${given}`)?.place ?? effective.get(`telemetry.${given}_file`)?.place;
    if (telemetry[given] === undefined || telemetry[missing] !== undefined) return [];
    if (place === undefined || isOfOthers(place.where)) return [];
    const key = `telemetry.${missing}`;
    return [problemAt(place, { key, message: `Expected ${key} beside telemetry.${given}, got none` })];
  });
}

const isOfOthers = (where: string) => where.startsWith('OTEL_');

/** Warnings about settings of telemetry that may not work, or not as they were meant; a sentence each. */
export function doubtfulTelemetry(effective: GivenSettings, host: ConfigurationHost): readonly string[] {
  if (effective.get('telemetry.enabled')?.value !== true) return [];
  const endpoint = effective.get('telemetry.endpoint');
  return [
    ...(endpoint ? doubtsOfEndpoint(endpoint, effective) : []),
    ...[...effective.values()].flatMap((given) => missingFile(given, host)),
  ];
}

/** The part of a path that the exporter adds for each signal. */
const SIGNAL_PATH = /\/v1\/(?:traces|metrics|logs)\/?$/;

function doubtsOfEndpoint({ value, place }: GivenSetting, effective: GivenSettings): readonly string[] {
  const given = (name: string) => effective.get(`telemetry.${name}`)?.value;
  const protocol = given('protocol');
  const insecure = given('insecure') === true;
  const target = targetOf(String(value), { protocol, insecure });
  if (target === undefined) return [];
  const { url } = target;
  const [what, isBare] = [`Setting "telemetry.endpoint" (${place.where})`, !String(value).includes('://')];
  const [end] = SIGNAL_PATH.exec(url.pathname) ?? [];
  const hasKey = ['api_key_secret', 'api_key_secret_file', 'headers', 'headers_file'].some(given);
  return [
    ...(end && target.protocol === 'http/protobuf'
      ? [`${what} ends in "${end}", which is added to it for each signal: leave "${end}" out`]
      : []),
    ...(target.protocol === 'grpc' && url.pathname !== '/'
      ? [
          `${what} has a path, which says nothing over gRPC: leave it out, or set telemetry.protocol to "http/protobuf"`,
        ]
      : []),
    ...(insecure && !isBare ? [`Setting "telemetry.insecure" has no effect, since ${what} is a URL`] : []),
    ...(url.protocol === 'http:' && hasKey && !isLoopback(url.hostname)
      ? [`${what} is not encrypted, and keys go to it: use "https://" unless you trust the network between`]
      : []),
  ];
}

function targetOf(endpoint: string, { protocol, insecure }: { protocol: unknown; insecure: boolean }) {
  try {
    const known = protocol === 'grpc' || protocol === 'http/protobuf' ? protocol : undefined;
    return otlpTarget({ endpoint: endpoint.trim(), protocol: known, insecure });
  } catch {
    return undefined; // refused already
  }
}

const FILE = /^telemetry\.(?:\w+\.)?(?:ca|cert|key)_file$/;

function missingFile(
  { setting: { key }, value, place }: GivenSetting,
  host: ConfigurationHost,
): readonly string[] {
  if (!FILE.test(key) || typeof value !== 'string' || host.look(value)?.kind === 'file') return [];
  return [
    `File "${value}" (${key}, ${place.where}) is not there, or is no file: nothing is exported without it`,
  ];
}
