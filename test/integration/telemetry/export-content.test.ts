import { hostname } from 'node:os';
import {
  ROOT_CONTEXT,
  SeverityNumber,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OtlpCollector } from '../../support/otlp/collector.ts';
import type { ReceivedItem } from '../../support/otlp/messages.ts';
import { never, openScene, type TelemetryScene } from '../../support/otlp/open-scene.ts';

const test = suite('telemetry: what is exported');

const PARENT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** One of everything that the three signals have. */
function emit({ tracerProvider, meterProvider, loggerProvider }: TelemetryScene): void {
  const parent = trace.setSpanContext(ROOT_CONTEXT, {
    ...PARENT,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
  const link = { context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 } };
  const span = tracerProvider?.getTracer('tfo-mcp', '1').startSpan(
    'tools/call echo',
    {
      kind: SpanKind.SERVER,
      startTime: [1_700_000_000, 5],
      links: [link],
      attributes: { text: 'é', whole: 42, part: 0.5, flag: true, list: ['a', 'b'], negative: -1 },
    },
    parent,
  );
  span?.addEvent('first byte', { bytes: 7 }, [1_700_000_000, 7]);
  span?.setStatus({ code: SpanStatusCode.ERROR, message: 'tool_error' });
  span?.end([1_700_000_001, 0]);
  const meter = meterProvider?.getMeter('tfo-mcp');
  meter?.createCounter('calls', { unit: '{call}', description: 'Calls' }).add(3, { tool: 'echo' });
  const duration = meter?.createHistogram('duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: [1, 2] },
  });
  for (const seconds of [0.5, 1.5, 9]) duration?.record(seconds);
  loggerProvider?.getLogger('tfo-mcp').emit({
    timestamp: [1_700_000_000, 0],
    severityNumber: SeverityNumber.WARN,
    severityText: 'WARN',
    body: 'Refused a message',
    attributes: { reason: 'too long' },
    ...(span && { context: trace.setSpan(ROOT_CONTEXT, span) }),
  });
}

const NANOSECONDS = 1_700_000_000_000_000_000n;

function checkSpan(span: ReceivedItem): void {
  const { spanId, resource: _, ...rest } = span;
  assert.match(String(spanId), /^[0-9a-f]{16}$/);
  assert.equal(rest, {
    traceId: PARENT.traceId,
    parentSpanId: PARENT.spanId,
    name: 'tools/call echo',
    kind: 2,
    start: NANOSECONDS + 5n,
    end: NANOSECONDS + 1_000_000_000n,
    attributes: { text: 'é', whole: 42, part: 0.5, flag: true, list: ['a', 'b'], negative: -1 },
    droppedAttributes: 0,
    events: [{ time: NANOSECONDS + 7n, name: 'first byte', attributes: { bytes: 7 }, dropped: 0 }],
    droppedEvents: 0,
    links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), dropped: 0, flags: 0x101 }],
    droppedLinks: 0,
    status: { message: 'tool_error', code: 2 },
    flags: 0x301,
    scope: 'tfo-mcp',
  });
}

function checkMetrics(metrics: readonly ReceivedItem[]): void {
  const [calls, duration] = ['calls', 'duration'].map((wanted) =>
    metrics.find(({ name }) => name === wanted),
  );
  const [counted] = calls?.sum?.points ?? [];
  const { start, time, ...point } = counted ?? {};
  assert.ok(Number(time) >= Number(start));
  assert.equal(point, { value: 3, attributes: { tool: 'echo' } });
  assert.equal([calls?.name, calls?.['unit'], calls?.['description']], ['calls', '{call}', 'Calls']);
  assert.equal([calls?.sum?.['temporality'], calls?.sum?.['isMonotonic']], [2, true]);
  const [measured] = duration?.histogram?.points ?? [];
  const { start: _, time: __, ...histogram } = measured ?? {};
  assert.equal(histogram, { count: 3, sum: 11, buckets: [1, 1, 1], bounds: [1, 2], min: 0.5, max: 9 });
  assert.equal([duration?.name, duration?.['unit']], ['duration', 's']);
}

function checkLog(record: ReceivedItem, { spanId }: ReceivedItem): void {
  const { resource: _, observedTime, ...rest } = record;
  assert.ok(Number(observedTime) > Number(NANOSECONDS));
  assert.equal(rest, {
    time: NANOSECONDS,
    severityNumber: 13,
    severityText: 'WARN',
    body: 'Refused a message',
    attributes: { reason: 'too long' },
    droppedAttributes: 0,
    flags: 1,
    traceId: PARENT.traceId,
    spanId,
    scope: 'tfo-mcp',
  });
}

for (const protocol of ['grpc', 'http/protobuf'] as const) {
  for (const compression of ['none', 'gzip']) {
    test(`${protocol} with compression ${compression} carries all of three signals, and the headers`, async () => {
      const collector = await OtlpCollector.start();
      const scene = await openScene({
        endpoint: collector.endpoint(protocol),
        protocol,
        compression,
        api_key_id: 'tfk_1',
        api_key_secret: 'tfs_2',
        headers: { 'X-Tenant': 'acme' },
        attributes: { team: 'core' },
      });
      emit(scene);
      await scene.close(never);
      assert.equal(collector.received.map(({ signal }) => signal).sort(), ['logs', 'metrics', 'traces']);
      for (const { headers, isCompressed, ...received } of collector.received) {
        assert.is(received.protocol, protocol);
        assert.is(isCompressed, compression === 'gzip');
        assert.equal(
          [headers['x-telemetryflow-key-id'], headers['x-telemetryflow-key-secret'], headers['x-tenant']],
          ['tfk_1', 'tfs_2', 'acme'],
        );
        assert.is(headers['user-agent'], 'tfo-mcp/1.2.3');
      }
      const [span] = collector.accepted('traces');
      const [record] = collector.accepted('logs');
      const metrics = collector.accepted('metrics');
      assert.ok(span && record);
      checkSpan(span);
      checkMetrics(metrics);
      checkLog(record, span);
      for (const { resource } of [span, record, ...metrics]) {
        const wanted = ['service.name', 'service.version', 'service.instance.id', 'host.name', 'team'];
        assert.equal(
          wanted.map((name) => resource[name]),
          ['tfo-mcp', '1.2.3', 'i-1', hostname(), 'core'],
        );
        assert.not(Object.keys(resource).some((name) => /command|owner|args|cwd/.test(name)));
      }
      assert.equal(
        scene.backends().map(({ state, waiting, dropped }) => [state, waiting, dropped]),
        [
          ['up', 0, 0],
          ['up', 0, 0],
          ['up', 0, 0],
        ],
      );
      assert.equal(scene.logger.records, []);
      await collector.die();
    });
  }
}

test.run();
