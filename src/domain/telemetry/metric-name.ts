/** Words of metrics' names by the unit that they say, after Prometheus' and OpenTelemetry's conventions. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  seconds: ['seconds', 'second', 'secs', 'sec', 's'],
  milliseconds: ['milliseconds', 'millis', 'msec', 'ms'],
  microseconds: ['microseconds', 'micros', 'usec', 'us'],
  nanoseconds: ['nanoseconds', 'nanos', 'nsec', 'ns'],
  minutes: ['minutes'],
  hours: ['hours'],
  days: ['days'],
  bytes: ['bytes', 'byte'],
  kibibytes: ['kibibytes', 'kib'],
  mebibytes: ['mebibytes', 'mib'],
  gibibytes: ['gibibytes', 'gib'],
  bits: ['bits'],
  percent: ['percent', 'percentage', 'pct'],
  'part of 1': ['ratio', 'fraction'],
  'degrees Celsius': ['celsius'],
  volts: ['volts'],
  amperes: ['amperes'],
  watts: ['watts'],
  joules: ['joules'],
  hertz: ['hertz', 'hz'],
  meters: ['meters'],
  grams: ['grams'],
};

const UNIT_OF_WORD = new Map(
  Object.entries(UNITS).flatMap(([unit, words]) => words.map((word) => [word, unit])),
);

/** Words behind the unit. */
const SUFFIX = /^(?:total|sum|bucket|created|min|max|avg|mean|p\d+|quantile|current|used)$/;

/**
 * Guesses a metric's unit from its name, since the platform tells none: the last word but `total` and the like, or the word before
 * `per_second`. A count of what has a unit has none.
 */
export function unitOf(name: string): string | undefined {
  const words = wordsOf(name);
  const rate = words.slice(-2).join(' ');
  if (rate === 'per second' || rate === 'per sec') {
    const unit = UNIT_OF_WORD.get(words.at(-3) ?? '');
    return unit && `${unit} per second`;
  }
  return UNIT_OF_WORD.get(words.findLast((word) => !SUFFIX.test(word)) ?? '');
}

/** The kinds of metrics in the order in which they are looked at. */
export type MetricKind = 'duration' | 'errors' | 'requests' | 'saturation' | 'resource' | 'other';

/** The words of each kind; a name is of the first kind that has one of its words. */
const KINDS: readonly (readonly [MetricKind, RegExp])[] = [
  ['errors', /^(?:errors?|failures?|failed|exceptions?|faults?|timeouts?|rejected|availability|[45]xx)$/],
  ['duration', /^(?:latency|lat|duration|elapsed|response_?time|rtt?)$/],
  ['other', /^size$/],
  ['requests', /^(?:requests?|calls?|hits|qps|rps|throughput)$/],
  [
    'saturation',
    /^(?:queued?|pending|waiting|backlog|lag|saturation|pool|connections?|threads?|throttled?|inflight)$/,
  ],
  [
    'resource',
    /^(?:cpu|mem|memory|heap|rss|disk|fs|filesystem|network|net|gc|fds?|io|sockets?|usage|utilization)$/,
  ],
];

/** Guesses from a metric's name what it tells of a service. */
export function kindOf(name: string): MetricKind {
  const words = wordsOf(name);
  const pairs = words.map((word, at) => `${word}_${words[at + 1] ?? ''}`);
  return KINDS.find(([, pattern]) => [...words, ...pairs].some((word) => pattern.test(word)))?.[0] ?? 'other';
}

const wordsOf = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
