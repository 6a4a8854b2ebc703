import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OtlpCollector } from '../../support/otlp/collector.ts';
import { never, openScene, type TelemetryScene } from '../../support/otlp/open-scene.ts';
import { until } from '../../support/until.ts';

const test = suite('telemetry: queues and the end');

const PROTOCOLS = ['http/protobuf', 'grpc'] as const;

const ONLY_TRACES = { enable_metrics: false, enable_logs: false };
/** Nothing leaves by itself. */
const WAITING = { batch_timeout_ms: 300_000 };

function emit({ tracerProvider }: TelemetryScene, count: number): void {
  for (let index = 0; index < count; index += 1)
    tracerProvider?.getTracer('test').startSpan(`${index}`).end();
}

const dropsTold = ({ logger }: TelemetryScene) =>
  logger.records
    .filter(({ message }) => message === 'Telemetry was dropped')
    .map(({ fields }) => fields['count']);

for (const protocol of PROTOCOLS) {
  test(`over ${protocol}: a stop exports all that waits, in batches, each once`, async () => {
    const collector = await OtlpCollector.start();
    const endpoint = collector.endpoint(protocol);
    const scene = await openScene({
      ...ONLY_TRACES,
      ...WAITING,
      endpoint,
      protocol,
      batch_max_size: 7,
      max_queue_size: 1000,
    });
    emit(scene, 1000);
    await scene.close(never);
    const names = collector.accepted('traces').map(({ name }) => Number(name));
    assert.equal(
      names.sort((a, b) => a - b),
      Array.from({ length: 1000 }, (_, index) => index),
    );
    assert.ok(collector.received.every(({ items }) => items.length <= 7));
    await collector.die();
  });

  test(`over ${protocol}: a stop ends at its deadline, and tells what it leaves`, async () => {
    const collector = await OtlpCollector.start();
    collector.script.push('hang', 'hang');
    const endpoint = collector.endpoint(protocol);
    const scene = await openScene({ ...ONLY_TRACES, ...WAITING, endpoint, protocol, batch_max_size: 2 });
    emit(scene, 3);
    const { promise: deadline, resolve: end } = Promise.withResolvers<void>();
    const closed = scene.close(deadline);
    await until(() => collector.received.length === 2);
    end();
    await closed;
    assert.equal(dropsTold(scene), [3]);
    assert.equal([scene.backends()[0]?.waiting, scene.backends()[0]?.dropped], [0, 3]);
    await pause(20);
    assert.equal(
      [collector.received.length, scene.backends()[0]?.dropped],
      [2, 3],
      'nothing comes behind it',
    );
    await collector.die();
  });

  test(`over ${protocol}: a stop tries again what a collector could not take at once`, async () => {
    const collector = await OtlpCollector.start();
    collector.script.push({ status: protocol === 'grpc' ? 14 : 503 }, 'reset');
    const endpoint = collector.endpoint(protocol);
    const scene = await openScene({ ...ONLY_TRACES, ...WAITING, endpoint, protocol });
    emit(scene, 1);
    await scene.close(never);
    assert.is(collector.accepted('traces').length, 1);
    await collector.die();
  });

  test(`over ${protocol}: a stop waits for no back-off, and not for a collector that is not there`, async () => {
    const collector = await OtlpCollector.start();
    const endpoint = collector.endpoint(protocol);
    await collector.die();
    const scene = await openScene({
      ...ONLY_TRACES,
      endpoint,
      protocol,
      retry_backoff_ms: 60_000,
      retry_timeout: 3600,
    });
    emit(scene, 1);
    await until(() => scene.backends()[0]?.state === 'down');
    emit(scene, 2);
    await scene.close(never);
    assert.is(scene.backends()[0]?.dropped, 3);
    assert.match(scene.backends()[0]?.reason ?? '', /nobody listens there \(ECONNREFUSED\)/);
  });
}

test('a queue has its bound: more is dropped, counted, and told once', async () => {
  const collector = await OtlpCollector.start();
  collector.script.push('hang');
  const endpoint = collector.endpoint('grpc');
  const scene = await openScene({
    ...ONLY_TRACES,
    endpoint,
    protocol: 'grpc',
    batch_max_size: 10,
    max_queue_size: 20,
  });
  emit(scene, 10); // a full batch, which leaves at once
  emit(scene, 100);
  assert.equal([scene.backends()[0]?.waiting, scene.backends()[0]?.dropped], [30, 80]);
  assert.equal(dropsTold(scene), [1]);
  await scene.close(Promise.resolve());
  assert.equal(dropsTold(scene), [1, 109]);
  emit(scene, 1);
  assert.is(scene.backends()[0]?.dropped, 111);
  await collector.die();
});

test('a queue of log records has the same bound', async () => {
  const collector = await OtlpCollector.start();
  const scene = await openScene({
    ...WAITING,
    enable_traces: false,
    enable_metrics: false,
    endpoint: collector.endpoint('grpc'),
    protocol: 'grpc',
    max_queue_size: 3,
  });
  for (let index = 0; index < 5; index += 1)
    scene.loggerProvider?.getLogger('test').emit({ body: `${index}` });
  assert.equal(
    scene.backends().map(({ name, waiting, dropped }) => [name, waiting, dropped]),
    [['telemetry.logs', 3, 2]],
  );
  await scene.close(never);
  assert.equal(
    collector.accepted('logs').map(({ body }) => body),
    ['0', '1', '2'],
  );
  await collector.die();
});

/** The exports of a test's own counter: there are those of the process beside it. */
const callsIn = (collector: OtlpCollector) =>
  collector.accepted('metrics').filter(({ name }) => name === 'calls');

test('metrics that a collector could not take are in the next export, with all that was counted since', async () => {
  const collector = await OtlpCollector.start();
  collector.script.push({ status: 3 });
  const scene = await openScene({
    enable_traces: false,
    enable_logs: false,
    endpoint: collector.endpoint('grpc'),
    protocol: 'grpc',
  });
  const counter = scene.meterProvider?.getMeter('test').createCounter('calls');
  counter?.add(1);
  await scene.meterProvider?.forceFlush();
  const [{ state, dropped = 0 } = {}] = scene.backends();
  assert.is(state, 'down');
  assert.ok(dropped >= 1, 'the counter, and what is told of the process');
  counter?.add(2);
  await scene.close(never);
  assert.equal(
    callsIn(collector).map(({ sum }) => sum?.points[0]?.['value']),
    [3],
  );
  await collector.die();
});

test('counts since the last export are sent where that is configured', async () => {
  const collector = await OtlpCollector.start();
  const scene = await openScene({
    enable_traces: false,
    enable_logs: false,
    endpoint: collector.endpoint('http/protobuf'),
    metrics_temporality: 'delta',
  });
  const counter = scene.meterProvider?.getMeter('test').createCounter('calls');
  for (const count of [5, 2]) {
    counter?.add(count);
    await scene.meterProvider?.forceFlush();
  }
  assert.equal(
    callsIn(collector).map(({ sum }) => [sum?.['temporality'], sum?.points[0]?.['value']]),
    [
      [1, 5],
      [1, 2],
    ],
  );
  await scene.close(never);
  await collector.die();
});

test('whoever asks is told when a collector begins and ceases to take what comes', async () => {
  const collector = await OtlpCollector.start();
  collector.script.push({ status: 3 }, { status: 3 });
  const scene = await openScene({ ...ONLY_TRACES, endpoint: collector.endpoint('grpc'), protocol: 'grpc' });
  const states: (string | undefined)[] = [];
  const leave = scene.onStateChange(() => states.push(scene.backends()[0]?.state));
  for (let times = 0; times < 3; times += 1) {
    emit(scene, 1);
    await scene.tracerProvider?.forceFlush().catch(() => undefined);
  }
  assert.equal(states, ['down', 'up']);
  assert.match(scene.backends()[0]?.lastSuccess ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
  leave();
  await scene.close(never);
  await collector.die();
});

test.run();
