import type { Attributes, HrTime } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import type { Histogram, Label } from '../../../application/ports/telemetry.ts';

export interface InstrumentFacts {
  readonly name: string;
  readonly description: string;
  /** UCUM, such as `s` or `{token}`. */
  readonly unit: string;
  /** Upper bounds of the buckets, rising; a counter has none. */
  readonly bounds: readonly number[];
  readonly kind: 'histogram' | 'counter';
  /** Names of the attributes that measurements give, in their order: at most six. */
  readonly labels: readonly string[];
  /** The same for all. */
  readonly constant?: Attributes;
}

/** Combinations of attributes of one instrument; what is beyond goes into one more. */
export const CARDINALITY = 500;

/** Told by the one that has what is beyond the limit (OpenTelemetry's metrics SDK, "Overflow attribute"). */
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };

type Level<Below> = Map<Label, Below>;
type Series6 = Level<Level<Level<Level<Level<Level<Series>>>>>>;

/**
 * An instrument's counts. A measurement costs a look-up and an addition, and allocates nothing; the SDK's own instruments cost twenty
 * times as much. Whoever collects reads them.
 */
export class SeriesTable implements Histogram<readonly Label[]> {
  readonly facts: InstrumentFacts;
  /** In the order in which they began. */
  readonly series: Series[] = [];
  private readonly known: Series6 = new Map();
  private overflow: Series | undefined;

  constructor(facts: InstrumentFacts) {
    this.facts = facts;
  }

  record(value: number, a?: Label, b?: Label, c?: Label, d?: Label, e?: Label, f?: Label): void {
    const found = this.known.get(a)?.get(b)?.get(c)?.get(d)?.get(e)?.get(f);
    (found ?? this.begin(a, b, c, d, e, f)).add(value);
  }

  private begin(a: Label, b: Label, c: Label, d: Label, e: Label, f: Label): Series {
    const { labels, constant } = this.facts;
    if (this.series.length >= CARDINALITY) {
      this.overflow ??= this.open(OVERFLOW);
      return this.overflow;
    }
    const given = [a, b, c, d, e, f];
    const told = labels.flatMap((name, at) => (given[at] === undefined ? [] : [[name, given[at]]]));
    const series = this.open({ ...constant, ...Object.fromEntries(told) });
    below(below(below(below(below(this.known, a), b), c), d), e).set(f, series);
    return series;
  }

  private open(attributes: Attributes): Series {
    const series = new Series(attributes, this.facts.bounds);
    this.series.push(series);
    return series;
  }
}

function below<Below>(level: Level<Map<Label, Below>>, label: Label): Map<Label, Below> {
  let found = level.get(label);
  if (found === undefined) {
    found = new Map();
    level.set(label, found);
  }
  return found;
}

/** The measurements of one combination of attributes, since its first. */
export class Series {
  readonly attributes: Attributes;
  readonly startTime: HrTime = millisToHrTime(Date.now());
  readonly bounds: readonly number[];
  /** One more than bounds. */
  readonly counts: number[];
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  constructor(attributes: Attributes, bounds: readonly number[]) {
    this.attributes = attributes;
    this.bounds = bounds;
    this.counts = new Array(bounds.length + 1).fill(0);
  }

  add(value: number): void {
    const { bounds, counts } = this;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] as number)) at += 1;
    counts[at] = (counts[at] as number) + 1;
    this.count += 1;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }
}
