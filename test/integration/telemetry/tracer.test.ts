import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TraceContext } from '../../../src/application/request-context.ts';
import { OtlpCollector } from '../../support/otlp/collector.ts';
import { never, openScene } from '../../support/otlp/open-scene.ts';

const test = suite('telemetry: spans');

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const parentOf = (flags: string): TraceContext => ({
  traceparent: `00-${TRACE}-b7ad6b7169203331-${flags}`,
  tracestate: 'vendor=1',
  baggage: 'user=ada',
});

/** Starts and ends one span. @returns it, and the spans that were exported */
async function startOne(section: object, parent?: TraceContext) {
  const collector = await OtlpCollector.start();
  const scene = await openScene({
    enable_metrics: false,
    enable_logs: false,
    endpoint: collector.endpoint('grpc'),
    protocol: 'grpc',
    ...section,
  });
  const span = scene.tracer?.start({ name: 'one', kind: 'server', parent });
  assert.ok(span);
  span?.set({ text: 'a', list: ['b'], absent: undefined });
  span?.end();
  await scene.close(never);
  await collector.die();
  return {
    ...span,
    trace: span?.trace,
    isRecorded: span?.isRecorded,
    exported: collector.accepted('traces'),
  };
}

for (const [what, section, flags, isRecorded] of [
  ['a trace that begins here', {}, undefined, true],
  ['a trace that begins here, where none is traced', { trace_sample_rate: 0 }, undefined, false],
  ['a trace that its caller records, where none is traced', { trace_sample_rate: 0 }, '01', true],
  ['a trace that its caller does not record', {}, '00', false],
  ['a trace with flags of the future', { trace_sample_rate: 0 }, '03', true],
  [
    'a trace that its caller records, who is not followed',
    { trace_sample_rate: 0, trace_follows_client: false },
    '01',
    false,
  ],
  [
    'a trace that its caller does not record, who is not followed',
    { trace_follows_client: false },
    '00',
    true,
  ],
] as const) {
  test(`a span of ${what} is ${isRecorded ? '' : 'not '}recorded, and passed on`, async () => {
    const parent = flags === undefined ? undefined : parentOf(flags);
    const { trace, exported, ...span } = await startOne(section, parent);
    assert.is(span.isRecorded, isRecorded);
    const [, traceId, spanId, own] =
      /^00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])$/.exec(trace?.traceparent ?? '') ?? [];
    assert.is(own, isRecorded ? '01' : '00');
    assert.equal(
      exported.map((one) => [one.traceId, one.spanId, one.attributes]),
      isRecorded ? [[traceId, spanId, { text: 'a', list: ['b'] }]] : [],
    );
    if (parent === undefined) return;
    assert.equal([traceId, trace?.tracestate, trace?.baggage], [TRACE, 'vendor=1', 'user=ada']);
    assert.not.equal(spanId, 'b7ad6b7169203331');
  });
}

test('of many traces that begin here, the configured share is recorded', async () => {
  const scene = await openScene({
    endpoint: 'http://127.0.0.1:9',
    trace_sample_rate: 0.25,
    max_queue_size: 1,
  });
  let recorded = 0;
  for (let times = 0; times < 4000; times += 1) {
    const span = scene.tracer?.start({ name: 'one', kind: 'internal' });
    if (span?.isRecorded) recorded += 1;
  }
  // Five standard deviations: one run of two million fails.
  assert.ok(Math.abs(recorded - 1000) < 137, `${recorded}`);
  await scene.close(Promise.resolve());
});

test.run();
