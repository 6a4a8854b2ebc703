import * as assert from 'uvu/assert';
import type { FakePlatformOptions } from '../fake-platform.ts';
import { OWN, type PlatformData } from '../platform-data.ts';
import { reader } from '../seeded-data.ts';
import type { Fact } from './fact.ts';

const START = Date.UTC(2026, 10, 30, 12);
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

const metric = (service: string, value: number) => ({
  name: 'requests',
  type: 'gauge' as const,
  unit: '1',
  service,
  labels: { pod: `${service}-a` },
  points: Array.from({ length: 20 }, (_, index) => [START + index * (MINUTE / 2), value] as const),
});

const data: PlatformData = {
  metrics: [metric('a', 1), metric('b', 3)],
  logs: [],
  spans: [],
  alerts: [],
  rules: [],
  monitors: [],
  users: [reader],
};

/** A platform whose metric query answers. */
const repaired: FakePlatformOptions = {
  data,
  repaired: ['metricQueriesFail'],
  now: () => START + 60 * MINUTE,
};

const whole = { from: iso(0), to: iso(10), metricName: 'requests', aggregation: 'sum', interval: '5m' };

const many = (count: number): PlatformData => ({
  ...data,
  metrics: Array.from({ length: count }, (_, index) => ({
    ...metric('a', 1),
    name: `metric_${String(index).padStart(5, '0')}`,
    labels: { pod: `pod-${index}` },
  })),
});

export const metricFacts: readonly Fact[] = [
  {
    name: 'a metric query fails on a current ClickHouse, while names answer',
    fault: 'metricQueriesFail',
    check: async (subject) => {
      assert.is((await subject.query('metrics', { aggregation: 'count', interval: '5m' })).status, 500);
      assert.is((await subject.get('query/signals/metrics/names')).status, 200);
    },
  },
  {
    name: 'metrics, services and label sets are merged into one row for each bucket',
    fault: 'metricsMerged',
    needsFake: true,
    options: repaired,
    check: async (subject) => {
      const { body } = await subject.query('metrics', whole);
      assert.equal(body.data, [
        { timestamp: '2026-11-30 12:05:00', value: 40 },
        { timestamp: '2026-11-30 12:00:00', value: 40 },
      ]);
      assert.is(body.total, 2);
      assert.is(body.metadata.dataSource, 'clickhouse');
    },
  },
  {
    name: 'the bucket that from falls in is missing, and the one that to falls in is whole',
    fault: 'edgeBucketsShifted',
    needsFake: true,
    options: repaired,
    check: async (subject) => {
      const { body } = await subject.query('metrics', { ...whole, from: iso(1), to: iso(6) });
      assert.equal(body.data, [{ timestamp: '2026-11-30 12:05:00', value: 40 }]);
    },
  },
  {
    name: 'without aggregation rows hold only their timestamp',
    fault: 'valueNeedsAggregation',
    needsFake: true,
    options: repaired,
    check: async (subject) => {
      const { aggregation: _, ...without } = whole;
      const { body } = await subject.query('metrics', without);
      assert.equal(Object.keys(body.data[0]), ['timestamp']);
    },
  },
  {
    name: 'an unknown aggregation ends with 500',
    fault: 'clientFaultsAre500',
    needsFake: true,
    options: repaired,
    check: async (subject) => {
      assert.is((await subject.query('metrics', { ...whole, aggregation: 'rate' })).status, 500);
    },
  },
  {
    name: 'a count is a string on an older ClickHouse',
    fault: 'integersAreStrings',
    needsFake: true,
    options: repaired,
    check: async (subject) => {
      const { body } = await subject.query('metrics', { ...whole, aggregation: 'count' });
      assert.is(body.data[0].value, '20');
    },
  },
  {
    name: 'empty buckets are absent',
    needsFake: true,
    options: repaired,
    check: async (subject) => {
      const { body } = await subject.query('metrics', { ...whole, from: iso(0), to: iso(60) });
      assert.is(body.data.length, 2);
    },
  },
  {
    name: 'names are the organization’s, in the order of the alphabet',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get('query/signals/metrics/names');
      assert.equal(body.names, [
        'elsewhere_total',
        'http_requests_total',
        'http_server_request_duration_seconds',
        'process_cpu_usage',
      ]);
      assert.is(body.total, 4);
    },
  },
  {
    name: 'names end at 1,000',
    fault: 'namesCut',
    needsFake: true,
    options: { data: many(1200) },
    check: async (subject) => {
      const { body } = await subject.get('query/signals/metrics/names');
      assert.is(body.names.length, 1000);
      assert.is(body.total, 1000);
      const labels = await subject.get('query/signals/metrics/labels/pod?labelName=pod');
      assert.is(labels.body.values.length, 1000);
    },
  },
  {
    name: 'a prefix of names is ignored',
    fault: 'prefixIgnored',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get('query/signals/metrics/names?prefix=process');
      assert.is(body.names.length, 4);
    },
  },
  {
    name: 'a limit of names is refused',
    fault: 'limitOfNamesRefused',
    check: async (subject) => {
      const { status, body } = await subject.get('query/signals/metrics/names?limit=5');
      assert.is(status, 400);
      assert.match(String(body.error.message), 'limit must be a number');
    },
  },
  {
    name: 'the name of a label must be in the query string, too',
    fault: 'labelNameInQuery',
    check: async (subject) => {
      assert.is((await subject.get('query/signals/metrics/labels/pod')).status, 400);
      const { status, body } = await subject.get('query/signals/metrics/labels/pod?labelName=pod');
      assert.is(status, 200);
      assert.is(body.label, 'pod');
      assert.ok(Array.isArray(body.values));
    },
  },
  {
    name: 'values of a label are those of the metric that is named',
    needsFake: true,
    check: async (subject) => {
      const path = 'query/signals/metrics/labels/pod?labelName=pod&metricName=http_requests_total';
      assert.equal((await subject.get(path)).body.values, ['gateway-a']);
    },
  },
  {
    name: 'metrics of a workspace are its own',
    needsFake: true,
    options: {
      ...repaired,
      data: { ...data, metrics: [metric('a', 1), { ...metric('b', 3), workspaceId: 'w2' }] },
    },
    check: async (subject) => {
      const { body } = await subject.query('metrics', { ...whole, workspaceId: OWN.workspaceId });
      assert.is(body.data[0].value, 10);
    },
  },
];
