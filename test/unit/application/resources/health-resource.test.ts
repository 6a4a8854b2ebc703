import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Vitals } from '../../../../src/application/ports/health.ts';
import type { Health } from '../../../../src/application/queries/get-health.ts';
import { healthResource } from '../../../../src/application/resources/health-resource.ts';
import { fakeContext } from '../fake-context.ts';
import { watchDesk } from './watch-desk.ts';

const test = suite('health-resource');

const health: Health = {
  status: 'degraded',
  version: '1.2.3',
  uptimeSeconds: 1.23456,
  sessions: { open: 1, opened: 2, closed: 1 },
  requestsInFlight: 1,
  tools: [{ name: 'echo', calls: 2, errors: 0, p50Ms: 0.0151234, p95Ms: 20 }],
  backends: [
    { name: 'postgres', state: 'up', latencyMs: 1.98765 },
    { name: 'redis', state: 'down' },
    { name: 'database', state: 'up', backup: { madeAt: '2026-01-01', keptUntil: '2026-01-08' } },
  ],
  audit: { waiting: 3, counted: 40 },
};

function desk() {
  const listeners = new Set<() => void>();
  const vitals: Vitals = {
    version: '1.2.3',
    requestsInFlight: () => 1,
    backends: () => health.backends,
    audit: () => health.audit,
    onStateChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { listeners, definition: healthResource({ getHealth: () => health, vitals }) };
}

test('the resource tells the state as JSON, times to a microsecond', async () => {
  const { definition } = desk();
  assert.is(definition.resource.uri, 'status://health');
  const [contents] = await definition.read(fakeContext());
  assert.is(contents?.mimeType, definition.resource.mimeType);
  assert.is(contents?.uri, 'status://health');
  assert.equal(JSON.parse(contents?.text ?? ''), {
    status: 'degraded',
    version: '1.2.3',
    uptime_seconds: 1.235,
    sessions: { open: 1, opened: 2, closed: 1 },
    requests: { in_flight: 1 },
    tools: [{ name: 'echo', calls: 2, errors: 0, p50_ms: 0.015, p95_ms: 20 }],
    backends: [
      { name: 'postgres', state: 'up', latency_ms: 1.988 },
      { name: 'redis', state: 'down' },
      { name: 'database', state: 'up', backup: { made_at: '2026-01-01', kept_until: '2026-01-08' } },
    ],
    audit: { waiting: 3, counted: 40 },
  });
});

test('the resource must be read anew each time', () => {
  assert.is(desk().definition.resource.ttlMs, undefined);
});

test('who subscribes hears of a state that changes', async () => {
  const { definition, listeners } = desk();
  const { resourceWatches, changes } = watchDesk(definition);
  const release = await resourceWatches.join('status://health', fakeContext());
  for (const listener of listeners) listener();
  assert.equal(changes, ['status://health']);
  release();
  assert.is(listeners.size, 0);
});

test.run();
