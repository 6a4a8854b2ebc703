import { readMessage, type Table } from './protobuf.ts';

/* The messages of opentelemetry-proto 1.x that our exporters send, and no others: what they add must be added here. */

const anyValue = (): Table => ({
  1: ['string', 'string'],
  2: ['bool', 'bool'],
  3: ['int', 'int'],
  4: ['double', 'double'],
  5: ['array', { 1: ['values', anyValue, 'many'] }],
  6: ['map', { 1: ['values', keyValue, 'many'] }],
  7: ['bytes', 'bytes'],
});
const keyValue = (): Table => ({ 1: ['key', 'string'], 2: ['value', anyValue] });

const attributes = ['attributes', keyValue, 'many'] as const;
const schemaUrl = ['schemaUrl', 'string'] as const;
const resource = ['resource', { 1: attributes, 2: ['dropped', 'int'] }] as const;
const scope = ['scope', { 1: ['name', 'string'], 2: ['version', 'string'], 3: attributes }] as const;

const link: Table = {
  1: ['traceId', 'hex'],
  2: ['spanId', 'hex'],
  3: ['traceState', 'string'],
  4: attributes,
  5: ['dropped', 'int'],
  6: ['flags', 'fixed32'],
};
const event: Table = { 1: ['time', 'fixed64'], 2: ['name', 'string'], 3: attributes, 4: ['dropped', 'int'] };
const span: Table = {
  1: ['traceId', 'hex'],
  2: ['spanId', 'hex'],
  3: ['traceState', 'string'],
  4: ['parentSpanId', 'hex'],
  5: ['name', 'string'],
  6: ['kind', 'int'],
  7: ['start', 'fixed64'],
  8: ['end', 'fixed64'],
  9: attributes,
  10: ['droppedAttributes', 'int'],
  11: ['events', event, 'many'],
  12: ['droppedEvents', 'int'],
  13: ['links', link, 'many'],
  14: ['droppedLinks', 'int'],
  15: ['status', { 2: ['message', 'string'], 3: ['code', 'int'] }],
  16: ['flags', 'fixed32'],
};

const number: Table = {
  2: ['start', 'fixed64'],
  3: ['time', 'fixed64'],
  4: ['value', 'double'],
  6: ['value', 'count'],
  7: attributes,
};
const histogram: Table = {
  2: ['start', 'fixed64'],
  3: ['time', 'fixed64'],
  4: ['count', 'count'],
  5: ['sum', 'double'],
  6: ['buckets', 'packed fixed64'],
  7: ['bounds', 'packed doubles'],
  9: attributes,
  11: ['min', 'double'],
  12: ['max', 'double'],
};
const metric: Table = {
  1: ['name', 'string'],
  2: ['description', 'string'],
  3: ['unit', 'string'],
  5: ['gauge', { 1: ['points', number, 'many'] }],
  7: ['sum', { 1: ['points', number, 'many'], 2: ['temporality', 'int'], 3: ['isMonotonic', 'bool'] }],
  9: ['histogram', { 1: ['points', histogram, 'many'], 2: ['temporality', 'int'] }],
};

const logRecord: Table = {
  1: ['time', 'fixed64'],
  2: ['severityNumber', 'int'],
  3: ['severityText', 'string'],
  5: ['body', anyValue],
  6: attributes,
  7: ['droppedAttributes', 'int'],
  8: ['flags', 'fixed32'],
  9: ['traceId', 'hex'],
  10: ['spanId', 'hex'],
  11: ['observedTime', 'fixed64'],
  12: ['eventName', 'string'],
};

/** An `Export…ServiceRequest`: resources, in each scopes, in each the items. */
const request = (item: Table): Table => ({
  1: [
    'resources',
    {
      1: resource,
      2: ['scopes', { 1: scope, 2: ['items', item, 'many'], 3: schemaUrl }, 'many'],
      3: schemaUrl,
    },
    'many',
  ],
});

const REQUESTS = { traces: request(span), metrics: request(metric), logs: request(logRecord) };

export type OtlpSignal = keyof typeof REQUESTS;

/** A span, metric or log record, with the plain values of its attributes, and those of its resource and the name of its scope. */
export interface ReceivedItem extends Readonly<Record<string, unknown>> {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly scope: string;
  readonly name?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  /** Of a metric, one of these. */
  readonly sum?: ReceivedPoints;
  readonly gauge?: ReceivedPoints;
  readonly histogram?: ReceivedPoints;
}

interface ReceivedPoints extends Readonly<Record<string, unknown>> {
  readonly points: readonly Readonly<Record<string, unknown>>[];
}

/** Reads the body of a request. @throws Error at anything that isn't one */
export function readExportRequest(signal: OtlpSignal, body: Uint8Array): readonly ReceivedItem[] {
  const { resources = [] } = readMessage(body, REQUESTS[signal]) as Nested;
  return resources.flatMap(({ resource: { attributes: ofResource = [] } = {}, scopes = [] }) =>
    scopes.flatMap(({ scope: { name = '' } = {}, items = [] }) =>
      items.map((item) => ({
        ...(plain(item) as Record<string, unknown>),
        attributes: plainAttributes(item.attributes ?? []),
        resource: plainAttributes(ofResource),
        scope: name,
      })),
    ),
  );
}

interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}

type AnyValue = Readonly<Record<string, unknown>>;

interface Nested {
  readonly resources?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopes?: readonly {
      readonly scope?: { readonly name?: string };
      readonly items?: readonly { readonly attributes?: readonly KeyValue[] }[];
    }[];
  }[];
}

/** The same with every list of attributes, however deep, as an object, and every value as it is. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'attributes') return [name, plainAttributes(member)];
      return [name, name === 'body' ? plainValue(member) : plain(member)];
    }),
  );
}

function plainAttributes(list: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(list.map(({ key, value }) => [key, plainValue(value ?? {})]));
}

function plainValue(value: AnyValue): unknown {
  const [[kind, content] = []] = Object.entries(value);
  if (kind === 'array') return ((content as { values?: AnyValue[] }).values ?? []).map(plainValue);
  if (kind === 'map') return plainAttributes((content as { values?: KeyValue[] }).values ?? []);
  return content;
}
