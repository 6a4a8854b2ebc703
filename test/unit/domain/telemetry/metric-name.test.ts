import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { kindOf, unitOf } from '../../../../src/domain/telemetry/metric-name.ts';

const test = suite('metric name');

for (const [name, unit] of [
  ['http_request_duration_seconds', 'seconds'],
  ['http_request_duration_seconds_sum', 'seconds'],
  ['http_request_duration_seconds_bucket', 'seconds'],
  ['http_request_duration_seconds_count', undefined],
  ['process_cpu_seconds_total', 'seconds'],
  ['request.latency.ms', 'milliseconds'],
  ['requestLatencyMs.p95', 'milliseconds'],
  ['container_memory_working_set_bytes', 'bytes'],
  ['network.io.bytes_per_second', 'bytes per second'],
  ['requests_per_second', undefined],
  ['disk_used_percent', 'percent'],
  ['cache_hit_ratio', 'part of 1'],
  ['gc-pause-ns', 'nanoseconds'],
  ['node_hwmon_temp_celsius', 'degrees Celsius'],
  ['http.server.request.duration', undefined],
  ['requests_total', undefined],
  ['total', undefined],
  ['', undefined],
] as const)
  test(`${name} is in ${unit}`, () => {
    assert.is(unitOf(name), unit);
  });

for (const [name, kind] of [
  ['http_request_duration_seconds', 'duration'],
  ['latency.p95', 'duration'],
  ['lat_99', 'duration'],
  ['http.server.response_time', 'duration'],
  ['responseTime', 'duration'],
  ['http_requests_total', 'requests'],
  ['spans.requests', 'requests'],
  ['http_request_errors_total', 'errors'],
  ['availability', 'errors'],
  ['http_5xx', 'errors'],
  ['http_request_size_bytes', 'other'],
  ['db_pool_pending', 'saturation'],
  ['kafka_consumer_lag', 'saturation'],
  ['container_cpu_usage_seconds_total', 'resource'],
  ['mem', 'resource'],
  ['heapUsedBytes', 'resource'],
  ['orders_value', 'other'],
  ['', 'other'],
] as const)
  test(`${name} tells of ${kind}`, () => {
    assert.is(kindOf(name), kind);
  });

test.run();
