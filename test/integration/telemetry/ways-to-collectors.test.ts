import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GrpcConnection } from '../../../src/infrastructure/telemetry/grpc-connection.ts';
import { GrpcSender } from '../../../src/infrastructure/telemetry/grpc-sender.ts';
import { ConnectProxy } from '../../support/connect-proxy.ts';
import { OtlpCollector } from '../../support/otlp/collector.ts';
import { never, openScene, type TelemetryScene } from '../../support/otlp/open-scene.ts';
import { authorityPath, clientTls, localhostTls } from '../../support/tls-fixture.ts';
import { until } from '../../support/until.ts';

const test = suite('telemetry: ways to collectors');

const PROTOCOLS = ['http/protobuf', 'grpc'] as const;

const ONLY_TRACES = { enable_metrics: false, enable_logs: false };

/** Emits one span, and waits until it was taken or dropped. @returns the reason why nothing is taken, or nothing */
async function exportOne({ tracerProvider, backends }: TelemetryScene): Promise<string> {
  tracerProvider?.getTracer('test').startSpan('one').end();
  await until(() => backends()[0]?.waiting === 0);
  return backends()[0]?.reason ?? '';
}

for (const protocol of PROTOCOLS) {
  test(`over ${protocol}: TLS by an authority of one's own`, async () => {
    const collector = await OtlpCollector.start({ tls: localhostTls });
    const endpoint = collector.endpoint(protocol);
    const scene = await openScene({ ...ONLY_TRACES, endpoint, protocol, ca_file: authorityPath });
    assert.is(await exportOne(scene), '');
    assert.is(collector.accepted('traces').length, 1);
    await scene.close(never);
    const stranger = await openScene({ ...ONLY_TRACES, endpoint, protocol, max_retries: 0 });
    assert.match(
      await exportOne(stranger),
      /takes nothing: .*authority that is trusted: set telemetry\.ca_file/,
    );
    await stranger.close(never);
    await collector.die();
  });

  test(`over ${protocol}: a host without a scheme is reached by TLS, unless it is insecure`, async () => {
    const secure = await OtlpCollector.start({ tls: localhostTls });
    const bare = (collector: OtlpCollector) => collector.endpoint(protocol).replace(/^https?:\/\//, '');
    const scene = await openScene({
      ...ONLY_TRACES,
      endpoint: bare(secure),
      protocol,
      ca_file: authorityPath,
    });
    assert.is(await exportOne(scene), '');
    await scene.close(never);
    await secure.die();
    const clear = await OtlpCollector.start();
    const insecure = await openScene({ ...ONLY_TRACES, endpoint: bare(clear), protocol, insecure: true });
    assert.is(await exportOne(insecure), '');
    await insecure.close(never);
    const wrong = await openScene({ ...ONLY_TRACES, endpoint: bare(clear), protocol, max_retries: 0 });
    assert.match(await exportOne(wrong), /speaks no TLS on this port|connection (?:failed|broke off)/);
    await wrong.close(never);
    await clear.die();
  });

  test(`over ${protocol}: a certificate for a collector that wants one`, async () => {
    const { authorityPath: clientAuthority, certPath: cert_file, keyPath: key_file } = clientTls;
    const ca = readFileSync(clientAuthority);
    const collector = await OtlpCollector.start({ tls: { ...localhostTls, ca, requestCert: true } });
    const settings = {
      ...ONLY_TRACES,
      endpoint: collector.endpoint(protocol),
      protocol,
      ca_file: authorityPath,
    };
    const scene = await openScene({ ...settings, cert_file, key_file });
    assert.is(await exportOne(scene), '');
    await scene.close(never);
    const without = await openScene({ ...settings, max_retries: 0 });
    assert.match(await exportOne(without), /takes nothing/);
    await without.close(never);
    await collector.die();
  });

  test(`over ${protocol}: a file of credentials that is not there is told, and costs nothing else`, async () => {
    const endpoint = 'https://127.0.0.1:9';
    const scene = await openScene({ ...ONLY_TRACES, endpoint, protocol, ca_file: '/nowhere/ca.pem' });
    assert.match(await exportOne(scene), /"\/nowhere\/ca\.pem" can not be read \(ENOENT\)/);
    await scene.close(never);
  });

  // In the clear, HTTP is forwarded and not tunnelled: that is fetch's, and tested there.
  for (const isSecure of protocol === 'grpc' ? [true, false] : [true]) {
    test(`over ${protocol}: through the environment's proxy, ${isSecure ? 'by TLS' : 'in the clear'}`, async () => {
      const proxy = await ConnectProxy.start('user:password');
      const collector = await OtlpCollector.start(isSecure ? { tls: localhostTls } : {});
      const url = `http://user:password@127.0.0.1:${proxy.port}`;
      const environment = { HTTPS_PROXY: url, HTTP_PROXY: url };
      const endpoint = collector.endpoint(protocol);
      const settings = { ...ONLY_TRACES, endpoint, protocol, ca_file: authorityPath };
      const scene = await openScene(settings, environment);
      assert.is(await exportOne(scene), '');
      assert.equal(proxy.passed, [endpoint.replace(/^https?:\/\//, '')]);
      await scene.close(never);
      const direct = await openScene(settings, { ...environment, NO_PROXY: 'localhost,127.0.0.1' });
      assert.is(await exportOne(direct), '');
      assert.is(proxy.passed.length, 1);
      await direct.close(never);
      const refused = await openScene(
        { ...settings, max_retries: 0 },
        { HTTPS_PROXY: url.replace('word', 'x'), HTTP_PROXY: url.replace('word', 'x') },
      );
      const reason = await exportOne(refused);
      assert.match(reason, /takes nothing/);
      assert.not.match(reason, /passx/);
      await refused.close(never);
      await collector.die();
      await proxy.close();
    });
  }

  test(`over ${protocol}: what listens there and speaks another protocol is told as that`, async () => {
    const collector = await OtlpCollector.start();
    const other = protocol === 'grpc' ? 'http/protobuf' : 'grpc';
    const endpoint = collector.endpoint(other);
    const scene = await openScene({ ...ONLY_TRACES, endpoint, protocol, max_retries: 0, timeout: 2 });
    assert.match(await exportOne(scene), /another protocol on this port: 4317 is that of grpc/);
    await scene.close(never);
    await collector.die();
  });
}

test('over grpc: signals share one connection, which is used again', async () => {
  const collector = await OtlpCollector.start();
  const scene = await openScene({ endpoint: collector.endpoint('grpc'), protocol: 'grpc' });
  scene.loggerProvider?.getLogger('test').emit({ body: 'one' });
  await exportOne(scene);
  await exportOne(scene);
  await until(() => collector.received.length === 3);
  assert.is(collector.connections, 1);
  await scene.close(never);
  await collector.die();
});

for (const [what, end] of [
  ['the server has asked for another (GOAWAY)', 'accept and go away'],
  ['the server has ended it', 'accept'],
] as const) {
  test(`over grpc: a new connection is opened where ${what}, and nothing is lost`, async () => {
    const collector = await OtlpCollector.start();
    collector.script.push(end);
    const scene = await openScene({ ...ONLY_TRACES, endpoint: collector.endpoint('grpc'), protocol: 'grpc' });
    await exportOne(scene);
    if (end === 'accept') collector.endConnections();
    await exportOne(scene);
    assert.is(collector.accepted('traces').length, 2);
    assert.is(collector.connections, 2);
    assert.is(scene.backends()[0]?.dropped, 0);
    await scene.close(never);
    await collector.die();
  });
}

test('over grpc: a connection that nobody uses is closed, and opened anew', async () => {
  const collector = await OtlpCollector.start();
  const connection = new GrpcConnection({ url: new URL(collector.endpoint('grpc')), idleMs: 20 });
  const sender = new GrpcSender({ connection, signal: 'traces', headers: {}, gzip: false });
  const send = () => sender.send(new Uint8Array(), new AbortController().signal, 1000);
  assert.is((await send()).outcome, 'taken');
  await until(() => collector.openConnections === 0);
  assert.is((await send()).outcome, 'taken');
  assert.is(collector.connections, 2);
  connection.close();
  await collector.die();
});

test.run();
