// Facts of the platform, asked of the fake, and with TFO_TEST_PLATFORM_URL and TFO_TEST_PLATFORM_TOKEN of a real one, where what
// needs seeded rows or would change something is left out.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../support/failure.ts';
import { alertFacts } from '../../support/platform/facts/alert-facts.ts';
import { authFacts } from '../../support/platform/facts/auth-facts.ts';
import { basicFacts } from '../../support/platform/facts/basic-facts.ts';
import { type Fact, FactSubject } from '../../support/platform/facts/fact.ts';
import { logFacts } from '../../support/platform/facts/log-facts.ts';
import { metricFacts } from '../../support/platform/facts/metric-facts.ts';
import { telemetryFacts } from '../../support/platform/facts/telemetry-facts.ts';
import { traceFacts } from '../../support/platform/facts/trace-facts.ts';
import { uptimeFacts } from '../../support/platform/facts/uptime-facts.ts';
import { FakePlatform } from '../../support/platform/fake-platform.ts';
import { type PlatformFault, platformFaults } from '../../support/platform/platform-faults.ts';
import { skip } from '../../support/skip.ts';

const facts: readonly Fact[] = [
  ...basicFacts,
  ...authFacts,
  ...metricFacts,
  ...logFacts,
  ...traceFacts,
  ...alertFacts,
  ...uptimeFacts,
  ...telemetryFacts,
];

const { TFO_TEST_PLATFORM_URL: realUrl, TFO_TEST_PLATFORM_TOKEN: realToken = '' } = process.env;

const test = suite('platform: facts');

async function onFake({ options = {}, check }: Fact, repaired: readonly PlatformFault[] = []): Promise<void> {
  const now = Date.now();
  const platform = await FakePlatform.start({
    now: () => now,
    ...options,
    repaired: [...(options.repaired ?? []), ...repaired],
  });
  try {
    await check(new FactSubject(platform.url, platform.token(), platform));
  } finally {
    await platform.close();
  }
}

for (const fact of facts) {
  if (realUrl === undefined) test(fact.name, async () => await onFake(fact));
  else if (fact.needsFake) skip(test, 'the fake platform', fact.name);
  else test(fact.name, async () => await fact.check(new FactSubject(realUrl, realToken)));
}

for (const fault of Object.keys(platformFaults) as PlatformFault[]) {
  const behind = facts.filter((fact) => fact.fault === fault);
  test(`the fake can be repaired: ${fault}`, async () => {
    assert.ok(behind.length > 0, 'no fact is about it');
    for (const fact of behind) {
      const { name } = await failureOf(onFake(fact, [fault]));
      assert.is(name, 'Assertion', fact.name);
    }
  });
}

test.run();
