import * as assert from 'uvu/assert';
import type { FakePlatformOptions } from '../fake-platform.ts';
import { seededData } from '../seeded-data.ts';
import type { Fact } from './fact.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const MINUTE = 60_000;

const options: FakePlatformOptions = { now: () => NOW, data: seededData(NOW), modules: ['telemetry'] };
const range = { start: NOW - 60 * MINUTE, end: NOW };

const fact = (name: string, check: Fact['check']): Fact => ({ name, needsFake: true, options, check });

/** As its web client uses it: the server of these routes is not public. */
export const telemetryFacts: readonly Fact[] = [
  fact('a metric query of the telemetry family gives series with labels', async (subject) => {
    const { body } = await subject.post('telemetry/metrics/query', {
      query: 'process_cpu_usage',
      step: 300,
      labels: { service: 'checkout' },
      ...range,
    });
    assert.is(body.status, 'success');
    assert.is(body.data.length, 2);
    assert.is(body.data[0].metric, 'process_cpu_usage');
    assert.equal(body.data[0].labels, { pod: 'checkout-a', service: 'checkout' });
    assert.is(body.data[0].values.length, 12);
    assert.is(body.data[0].values[0].timestamp, NOW - 60 * MINUTE);
  }),
  fact('times of the telemetry family are whole milliseconds', async (subject) => {
    const body = { query: 'process_cpu_usage', start: range.start + 0.5, end: range.end };
    assert.is((await subject.post('telemetry/metrics/query', body)).status, 400);
  }),
  fact('names, metadata and labels of metrics come in an envelope', async (subject) => {
    assert.ok((await subject.get('telemetry/metrics')).body.data.includes('process_cpu_usage'));
    const { body } = await subject.get('telemetry/metrics/metadata?metric=process_cpu_usage');
    assert.equal(body.data, [{ name: 'process_cpu_usage', type: 'gauge', help: '', unit: '1' }]);
    const labels = (await subject.get('telemetry/metrics/labels?metric=http_requests_total')).body.data;
    assert.equal(labels, {
      labels: ['pod', 'service'],
      values: { pod: ['gateway-a'], service: ['gateway'] },
    });
  }),
  fact('logs of the telemetry family are in camel case, with levels in small letters', async (subject) => {
    const { body } = await subject.post('telemetry/logs/query', {
      ...range,
      severityLevels: ['error'],
      limit: 1,
    });
    assert.is(body.hasMore, true);
    assert.ok(body.total > 1);
    const [row] = body.data;
    assert.is(row.severityText, 'error');
    assert.type(row.timestamp, 'number');
    assert.is(row.resource['service.name'], 'payment');
  }),
  fact('traces of the telemetry family: services, operations, summaries, spans', async (subject) => {
    assert.ok((await subject.get('telemetry/traces/services')).body.data.includes('gateway'));
    const operations = await subject.get('telemetry/traces/operations?serviceName=gateway');
    assert.equal(operations.body.data, ['POST /checkout']);
    const { data } = (await subject.post('telemetry/traces/summaries', { ...range, limit: 2 })).body;
    assert.is(data.length, 2);
    const { body } = await subject.get(`telemetry/traces/${data[0].traceId}`);
    assert.is(body.data.length, 3);
  }),
];
