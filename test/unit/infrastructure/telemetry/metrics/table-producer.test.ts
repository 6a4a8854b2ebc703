import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CARDINALITY,
  SeriesTable,
} from '../../../../../src/infrastructure/telemetry/metrics/series-table.ts';
import { TableProducer } from '../../../../../src/infrastructure/telemetry/metrics/table-producer.ts';

const test = suite('table producer');

const open = () =>
  new SeriesTable({
    name: 'test.duration',
    description: '',
    unit: 's',
    bounds: [1, 2],
    kind: 'histogram',
    labels: ['one', 'two'],
    constant: { always: 'here' },
  });

const scope = { name: 'test', version: '1' };

async function collect(producer: TableProducer): Promise<DataPoint<Histogram>[]> {
  const { resourceMetrics } = await producer.collect();
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
    metrics.flatMap(({ dataPoints }) => dataPoints as DataPoint<Histogram>[]),
  );
}

const countsIn = ({ value: { buckets, count, sum } }: DataPoint<Histogram>) => [buckets.counts, count, sum];

test('a bucket has its upper bound, and a label that is undefined is left out', async () => {
  const table = open();
  for (const value of [0, 1, 1.5, 2, 2.5]) table.record(value, undefined, 'b');
  const [point] = await collect(new TableProducer({ tables: [table], scope, temporality: 'cumulative' }));
  assert.equal(point?.attributes, { always: 'here', two: 'b' });
  assert.equal(point?.value, {
    buckets: { boundaries: [1, 2], counts: [2, 2, 1] },
    count: 5,
    sum: 7,
    min: 0,
    max: 2.5,
  });
});

test('cumulative tells all each time, delta what came since, and nothing where nothing came', async () => {
  const table = open();
  const [cumulative, delta] = (['cumulative', 'delta'] as const).map(
    (temporality) => new TableProducer({ tables: [table], scope, temporality }),
  ) as [TableProducer, TableProducer];
  const told = async () => [(await collect(cumulative)).map(countsIn), (await collect(delta)).map(countsIn)];
  table.record(1, 'a');
  assert.equal(await told(), [[[[1, 0, 0], 1, 1]], [[[1, 0, 0], 1, 1]]]);
  table.record(5, 'a');
  assert.equal(await told(), [[[[1, 0, 1], 2, 6]], [[[0, 0, 1], 1, 5]]]);
  assert.equal(await told(), [[[[1, 0, 1], 2, 6]], []]);
});

test('what is beyond the limit of combinations is one series, and those within it go on', async () => {
  const table = open();
  for (let at = 0; at < CARDINALITY + 100; at += 1) table.record(1, `a${at}`);
  table.record(1, 'a0');
  const points = await collect(new TableProducer({ tables: [table], scope, temporality: 'cumulative' }));
  assert.is(points.length, CARDINALITY + 1);
  assert.equal([points[0]?.value.count, points.at(-1)?.value.count], [2, 100]);
  assert.equal(points.at(-1)?.attributes, { 'otel.metric.overflow': true });
});

test.run();
