import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partialSuccess, retryInfo } from '../../support/otlp/answers.ts';
import { type Behaviour, OtlpCollector, type ReceivedExport } from '../../support/otlp/collector.ts';
import { never, openScene, type TelemetryScene } from '../../support/otlp/open-scene.ts';
import { until } from '../../support/until.ts';

const test = suite('telemetry: a collector that fails');

type Protocol = ReceivedExport['protocol'];

interface Failure {
  readonly what: string;
  readonly protocols?: readonly Protocol[];
  readonly script: readonly Behaviour[];
  /** Requests that came in all; as many as the script has, and one, unless it says otherwise. */
  readonly requests?: number;
  /** Spans of the two that were lost. */
  readonly dropped?: number;
  /** In the reason that is told. */
  readonly reason?: RegExp;
  readonly settings?: Readonly<Record<string, unknown>>;
}

const HTTP: readonly Protocol[] = ['http/protobuf'];
const GRPC: readonly Protocol[] = ['grpc'];

const final = (status: number, reason: RegExp, protocols: readonly Protocol[]): Failure => ({
  what: `answers ${status}`,
  protocols,
  script: [{ status, message: 'because' }],
  requests: 1,
  dropped: 2,
  reason,
});
const retryable = (status: number, protocols: readonly Protocol[]): Failure => ({
  what: `answers ${status}, which may be tried again`,
  protocols,
  script: [{ status }, { status }],
});

const FAILURES: readonly Failure[] = [
  ...[429, 502, 503, 504].map((status) => retryable(status, HTTP)),
  ...[1, 4, 10, 11, 14, 15].map((status) => retryable(status, GRPC)),
  ...[400, 405, 408, 422, 500, 501].map((status) =>
    final(status, new RegExp(`^it answered ${status}`), HTTP),
  ),
  final(401, /check telemetry\.api_key_id and telemetry\.api_key_secret/, HTTP),
  final(404, /is the path of telemetry\.endpoint right/, HTTP),
  final(413, /lower telemetry\.batch_max_size/, HTTP),
  ...[2, 3, 5, 6, 9, 13, 99].map((status) => final(status, /: "because"/, GRPC)),
  final(7, /^it answered PERMISSION_DENIED: "because"; the key may not do this$/, GRPC),
  final(12, /UNIMPLEMENTED.*is there a collector at that address/, GRPC),
  final(16, /UNAUTHENTICATED.*check telemetry\.api_key_id/, GRPC),
  // "received message larger than max": without RetryInfo it will never be taken.
  final(8, /RESOURCE_EXHAUSTED.*lower telemetry\.batch_max_size/, GRPC),
  {
    what: 'has no room now, and says when it will',
    protocols: GRPC,
    script: [{ status: 8, headers: retryInfo(8, 2) }],
  },
  {
    what: 'says by gRPC’s own push-back that it never will',
    protocols: GRPC,
    script: [{ status: 14, headers: { 'grpc-retry-pushback-ms': '-1' } }],
    requests: 1,
    dropped: 2,
    reason: /UNAVAILABLE/,
  },
  {
    what: 'is behind a proxy that has no way to it',
    protocols: GRPC,
    script: [{ httpStatus: 502 }, { httpStatus: 503 }, { httpStatus: 429 }],
  },
  {
    what: 'is no collector',
    protocols: GRPC,
    script: [{ httpStatus: 404 }],
    requests: 1,
    dropped: 2,
    reason: /UNIMPLEMENTED by HTTP status 404/,
  },
  {
    what: 'sends elsewhere',
    protocols: HTTP,
    script: [{ status: 307, headers: { location: 'https://elsewhere.example/v1/traces?key=x' } }],
    requests: 1,
    dropped: 2,
    reason: /^it sends to https:\/\/elsewhere\.example: if that is right, set telemetry\.endpoint to it$/,
  },
  {
    what: 'asks for no pause at all',
    protocols: HTTP,
    script: [{ status: 503, headers: { 'retry-after': '0' } }],
  },
  {
    what: 'asks for a pause in words that mean nothing',
    protocols: HTTP,
    script: [{ status: 503, headers: { 'retry-after': 'soon' } }],
  },
  {
    what: 'asks for a pause until a moment that is past',
    protocols: HTTP,
    script: [{ status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }],
  },
  { what: 'ends the connection instead of an answer', script: ['reset', 'reset'] },
  {
    what: 'closes the connection before it has looked at the request',
    protocols: GRPC,
    script: ['go away'],
    requests: 1,
  },
  {
    what: 'does not answer in time',
    script: ['hang'],
    settings: { timeout: 0.3 },
  },
  { what: 'ends the connection in the middle of its success', script: ['cut'], requests: 1 },
  { what: 'succeeds byte by byte', script: [{ dripMs: 2 }], requests: 1 },
  { what: 'succeeds in bytes that mean nothing', script: [{ body: Uint8Array.of(255, 255) }], requests: 1 },
  {
    what: 'has more to say than anybody reads',
    protocols: HTTP,
    script: [{ body: new Uint8Array(200_000) }],
    requests: 1,
  },
  {
    what: 'takes one of two',
    script: [{ body: partialSuccess(1, 'too old') }],
    requests: 1,
    dropped: 1,
    reason: /^the collector took only a part: "too old"$/,
  },
  {
    what: 'fails more often than it is tried',
    protocols: HTTP,
    script: Array.from({ length: 3 }, () => ({ status: 503 })),
    settings: { max_retries: 2 },
    requests: 3,
    dropped: 2,
    reason: /^it answered 503/,
  },
  {
    what: 'fails once where nothing is to be tried again',
    script: ['reset'],
    settings: { retry_enabled: false },
    requests: 1,
    dropped: 2,
    reason: /broke off|connection failed/,
  },
  {
    what: 'asks for a longer pause than there is time',
    protocols: HTTP,
    script: [{ status: 429, headers: { 'retry-after': '3600' } }],
    requests: 1,
    dropped: 2,
    reason: /^it answered 429/,
  },
];

for (const { what, protocols = [...HTTP, ...GRPC], script, dropped = 0, ...failure } of FAILURES) {
  for (const protocol of protocols) {
    test(`over ${protocol}: two spans reach a collector that ${what}${dropped > 0 ? ', or are told as lost' : ''}`, async () => {
      const collector = await OtlpCollector.start();
      collector.script.push(...script);
      const scene = await openTraces(collector, protocol, failure.settings);
      emit(scene, 'one', 'two');
      await until(() => scene.backends()[0]?.waiting === 0);
      const requests = failure.requests ?? script.length + 1;
      assert.is(collector.received.length, requests);
      if (dropped === 0) assert.equal(namesOf(collector), ['one', 'two']);
      const [health] = scene.backends();
      assert.is(health?.dropped, dropped);
      const told = scene.logger.records.filter(({ message }) => message === 'Telemetry was dropped');
      assert.equal(
        told.map(({ level, fields: { signal, count } }) => [level, signal, count]),
        dropped === 0 ? [] : [['warn', 'traces', dropped]],
      );
      if (failure.reason) assert.match(String(told[0]?.fields['reason']), failure.reason);
      await scene.close(never);
      assert.is(collector.received.length, requests, 'nothing is sent twice');
      await collector.die();
    });
  }
}

for (const protocol of [...HTTP, ...GRPC]) {
  test(`over ${protocol}: what was emitted while the collector was dead arrives when it is back`, async () => {
    const collector = await OtlpCollector.start();
    const scene = await openTraces(collector, protocol, { max_retries: 100 });
    emit(scene, 'before');
    await until(() => namesOf(collector).length === 1);
    await collector.die();
    emit(scene, 'during');
    await until(() => scene.backends()[0]?.state === 'down');
    emit(scene, 'during as well');
    await collector.listen();
    await until(() => scene.backends()[0]?.waiting === 0);
    assert.equal(namesOf(collector), ['before', 'during', 'during as well']);
    assert.equal(
      scene.logger.records.filter(({ level }) => level !== 'debug').map(({ message }) => message),
      ['Telemetry is not taken', 'Telemetry is taken again'],
    );
    assert.is(scene.backends()[0]?.state, 'up');
    await scene.close(never);
    await collector.die();
  });

  test(`over ${protocol}: one failure, as of a connection that was closed, is nothing to tell`, async () => {
    const collector = await OtlpCollector.start();
    collector.script.push('reset');
    const scene = await openTraces(collector, protocol);
    emit(scene, 'one');
    await until(() => scene.backends()[0]?.waiting === 0);
    assert.equal(scene.logger.records, []);
    await scene.close(never);
    await collector.die();
  });

  test(`over ${protocol}: a pause that the collector asks for holds for the batches behind as well`, async () => {
    const collector = await OtlpCollector.start();
    const wait = protocol === 'grpc' ? { status: 14, headers: retryInfo(14, 150) } : undefined;
    collector.script.push(wait ?? { status: 429, headers: { 'retry-after': '1' } });
    const scene = await openTraces(collector, protocol, { batch_max_size: 1 });
    emit(scene, 'first');
    await until(() => collector.received.length === 1);
    const flushed = scene.tracerProvider?.forceFlush();
    emit(scene, 'second');
    await scene.tracerProvider?.forceFlush();
    await flushed;
    await until(() => namesOf(collector).length === 2);
    const [asked, ...after] = collector.received.map(({ at }) => at);
    const least = protocol === 'grpc' ? 150 : 1000;
    // A timer of the system may be a millisecond early.
    for (const at of after) assert.ok(at - (asked ?? 0) >= least - 2);
    await scene.close(never);
    await collector.die();
  });
}

function openTraces(collector: OtlpCollector, protocol: Protocol, settings = {}): Promise<TelemetryScene> {
  const only = {
    enable_metrics: false,
    enable_logs: false,
    endpoint: collector.endpoint(protocol),
    protocol,
  };
  return openScene({ ...only, ...settings });
}

function emit({ tracerProvider }: TelemetryScene, ...names: readonly string[]): void {
  for (const name of names) tracerProvider?.getTracer('test').startSpan(name).end();
}

function namesOf(collector: OtlpCollector) {
  return collector.accepted('traces').map(({ name }) => name);
}

test.run();
