import { checkValue } from '../checks/check-layers.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import { findSetting, type Setting } from '../schema/settings.ts';
import { TELEMETRY_SIGNALS } from '../schema/values/otlp-endpoint.ts';
import { readPairs } from '../schema/values/pairs.ts';
import { decodeSetting } from './decode-setting.ts';
import type { GivenSetting } from './given-setting.ts';
import type { GivenSettings } from './merge-layers.ts';

/** Reads a variable as the settings that it stands for, by their keys in `telemetry`, each with its value as that is given. */
type Read = (
  text: string,
  environment: ConfigurationHost['environment'],
) => Readonly<Record<string, unknown>>;

const as =
  (name: string, read: (text: string) => unknown = (text) => text): Read =>
  (text) => ({ [name]: read(text) });
const fromMilliseconds = (text: string) => (/^\d+$/.test(text) ? Number(text) / 1000 : text);

/** The way to a collector, behind OTEL_EXPORTER_OTLP_, and again behind the name of each signal. */
const EXPORTER: readonly (readonly [string, string, ((text: string) => unknown)?])[] = [
  ['ENDPOINT', 'endpoint'],
  ['PROTOCOL', 'protocol'],
  ['INSECURE', 'insecure'],
  ['HEADERS', 'headers'],
  ['COMPRESSION', 'compression'],
  ['TIMEOUT', 'timeout', fromMilliseconds],
  ['CERTIFICATE', 'ca_file'],
  ['CLIENT_CERTIFICATE', 'cert_file'],
  ['CLIENT_KEY', 'key_file'],
];

const VARIABLES: readonly (readonly [string, Read])[] = [
  ...EXPORTER.map(([end, name, read]) => [`OTEL_EXPORTER_OTLP_${end}`, as(name, read)] as const),
  ...TELEMETRY_SIGNALS.flatMap((signal) =>
    EXPORTER.map(
      ([end, name, read]) =>
        [`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${end}`, as(`${signal}.${name}`, read)] as const,
    ),
  ),
  ['OTEL_RESOURCE_ATTRIBUTES', readAttributes],
  ['OTEL_SERVICE_NAME', as('service_name')],
  ['OTEL_TRACES_SAMPLER', readSampler],
  ['OTEL_TRACES_EXPORTER', as('enable_traces', isOtlp)],
  ['OTEL_METRICS_EXPORTER', readMetricsExporter],
  ['OTEL_LOGS_EXPORTER', as('enable_logs', isOtlp)],
  ['OTEL_EXPORTER_PROMETHEUS_HOST', as('prometheus.host')],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', as('prometheus.port')],
  ['OTEL_BSP_SCHEDULE_DELAY', as('batch_timeout_ms')],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', as('batch_max_size')],
  ['OTEL_BSP_MAX_QUEUE_SIZE', as('max_queue_size')],
  ['OTEL_METRIC_EXPORT_INTERVAL', as('metrics_interval', fromMilliseconds)],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', as('metrics_temporality')],
];

/** The names of the attributes of the resource that have settings of their own. */
const OWN_ATTRIBUTES: Readonly<Record<string, string>> = {
  'service.name': 'service_name',
  'service.namespace': 'service_namespace',
  'deployment.environment.name': 'environment',
  'deployment.environment': 'environment',
};

/** "In case of any error, the entire value is discarded" (Resource SDK): as text it is refused whole. */
function readAttributes(text: string) {
  const all = readPairs(text);
  if (all === undefined) return { attributes: text };
  const own = Object.entries(all).flatMap(([name, value]) => {
    const key = OWN_ATTRIBUTES[name];
    return key === undefined ? [] : [[key, value] as const];
  });
  const others = Object.entries(all).filter(([name]) => !(name in OWN_ATTRIBUTES));
  return {
    ...Object.fromEntries(own),
    ...(others.length > 0 && { attributes: Object.fromEntries(others) }),
  };
}

const SAMPLER = /^(parentbased_)?(?:(always_on)|(always_off)|(traceidratio))$/;

function readSampler(
  text: string,
  { OTEL_TRACES_SAMPLER_ARG: ratio = '1' }: ConfigurationHost['environment'],
) {
  const [match, followsParent, on, off] = SAMPLER.exec(text.toLowerCase()) ?? [];
  if (match === undefined) return { trace_sample_rate: text };
  const fixed = (on && 1) ?? (off && 0);
  return { trace_sample_rate: fixed ?? ratio.trim(), trace_follows_client: followsParent !== undefined };
}

/** A list can name several; what isn't known here is refused as it is. */
function isOtlp(text: string): unknown {
  const names = text
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (names.includes('otlp')) return true;
  return names.every((name) => name === 'none' || name === 'prometheus') ? false : text;
}

function readMetricsExporter(text: string) {
  const readsPrometheus = /\bprometheus\b/i.test(text);
  return { enable_metrics: isOtlp(text), ...(readsPrometheus && { 'prometheus.enabled': true }) };
}

export interface CompletedSettings {
  readonly effective: GivenSettings;
  /** Those among them that these variables give. */
  readonly given: GivenSettings;
  readonly notices: readonly string[];
}

/**
 * The settings, completed by OpenTelemetry's own variables where telemetry is enabled and nobody has given them here. What is wrong in
 * them is a notice: they are there for other programs, too. A key or a header that was configured here goes to no endpoint that they
 * name.
 */
export function withStandardVariables(host: ConfigurationHost, ours: GivenSettings): CompletedSettings {
  const { environment } = host;
  const enabled = ours.get('telemetry.enabled');
  if (enabled?.value !== true) return { effective: ours, given: new Map(), notices: [] };
  if (environment['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') {
    const off = { ...enabled, value: false, place: { where: 'OTEL_SDK_DISABLED' } };
    const notice = 'Telemetry is off, since "OTEL_SDK_DISABLED" is true';
    return { effective: new Map([...ours, [off.setting.key, off]]), given: new Map(), notices: [notice] };
  }
  const { given, notices } = readVariables(environment, ours);
  const { kept, notices: held } = withoutKeys(ours, given);
  return { effective: new Map([...given, ...kept]), given, notices: [...notices, ...held] };
}

function readVariables(environment: ConfigurationHost['environment'], ours: GivenSettings) {
  const given = new Map<string, GivenSetting>();
  const notices: string[] = [];
  for (const [where, read] of VARIABLES) {
    const text = environment[where]?.trim();
    if (!text) continue;
    for (const [name, raw] of Object.entries(read(text, environment))) {
      const setting = findSetting(`telemetry.${name}`);
      if (setting === undefined || isSaid(setting, ours)) continue;
      const value = typeof raw === 'string' ? decodeSetting(setting, raw) : raw;
      const one = { setting, value, place: { where } };
      const [problem] = checkValue(one);
      if (problem) notices.push(`Environment variable "${where}" is ignored: ${problem.message}`);
      else given.set(setting.key, one);
    }
  }
  return { given, notices };
}

/** One for a signal is said where that for all signals is; a secret, where its file is. */
function isSaid({ key, ofOneSignal, path }: Setting, ours: GivenSettings): boolean {
  const general = ofOneSignal ? `telemetry.${path.at(-1)}` : key;
  return [key, general].some((one) => ours.has(one) || ours.has(`${one}_file`));
}

const HEADERS = ['headers', 'headers_file'];
const KEYS = ['api_key_id', 'api_key_secret', 'api_key_secret_file', ...HEADERS];

/** Our settings without what would be told to an endpoint of a variable. `given` is completed, where one of them would be inherited. */
function withoutKeys(ours: GivenSettings, given: Map<string, GivenSetting>) {
  const kept = new Map(ours);
  const held: string[] = [];
  const hold = (section: string, names: readonly string[]) => {
    for (const key of names.map((name) => `${section}.${name}`)) if (kept.delete(key)) held.push(key);
  };
  const isForeignToAll = given.has('telemetry.endpoint');
  if (isForeignToAll) hold('telemetry', KEYS);
  for (const section of TELEMETRY_SIGNALS.map((signal) => `telemetry.${signal}`)) {
    const endpoint = given.get(`${section}.endpoint`);
    if (endpoint || (isForeignToAll && !ours.has(`${section}.endpoint`))) hold(section, HEADERS);
    const setting = findSetting(`${section}.headers`);
    const inherits = HEADERS.some((name) => kept.has(`telemetry.${name}`));
    if (endpoint && setting && inherits && !given.has(setting.key))
      given.set(setting.key, { setting, value: {}, place: endpoint.place });
  }
  const list = held.map((key) => `"${key}"`).join(', ');
  return { kept, notices: list === '' ? [] : [`Not sent to an endpoint that a variable names: ${list}`] };
}
