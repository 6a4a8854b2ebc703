import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Statistics } from '../../../../src/application/events/collect-statistics.ts';
import type { BackendHealth, Vitals } from '../../../../src/application/ports/health.ts';
import { getHealth } from '../../../../src/application/queries/get-health.ts';
import { ManualClock } from '../manual-clock.ts';

const test = suite('get-health');

const echo = { name: 'echo', calls: 3, errors: 1, p50Ms: 0.5, p95Ms: 2 };
const statistics: Statistics = {
  record: () => undefined,
  tools: () => [echo],
  sessions: () => ({ opened: 5, closed: 2 }),
};

const vitals = (...backends: readonly BackendHealth[]): Vitals => ({
  version: '1.2.3',
  requestsInFlight: () => 4,
  backends: () => backends,
  audit: () => ({ waiting: 1, counted: 2 }),
  onStateChange: () => () => undefined,
});

test('the query tells what is known', () => {
  const clock = new ManualClock();
  clock.advance(10_000);
  const health = getHealth({ clock, statistics });
  clock.advance(1500);
  assert.equal(health(vitals()), {
    status: 'healthy',
    version: '1.2.3',
    uptimeSeconds: 1.5,
    sessions: { open: 3, opened: 5, closed: 2 },
    requestsInFlight: 4,
    tools: [echo],
    backends: [],
    audit: { waiting: 1, counted: 2 },
  });
});

for (const [what, backends, status] of [
  ['no backends', [], 'healthy'],
  ['backends that are up', ['up', 'up'], 'healthy'],
  ['a backend that is down', ['up', 'down'], 'degraded'],
] as const) {
  test(`with ${what} it is ${status}`, () => {
    const health = getHealth({ clock: new ManualClock(), statistics });
    const named = backends.map((state, n) => ({ name: `backend-${n}`, state }));
    const { status: told, backends: shown } = health(vitals(...named));
    assert.is(told, status);
    assert.equal(shown, named);
  });
}

test.run();
