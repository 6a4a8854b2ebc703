import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { killNetworkServers } from '../support/network-server.ts';
import {
  expectedFailures,
  runOfficialSuite,
  startConformanceServer,
  suiteRuns,
} from '../support/official-suite.ts';

const test = suite('official conformance suite');
test.after(killNetworkServers);

/** Scenarios that each run must pass: fewer would mean that some were left out. */
const scenarios: Readonly<Record<(typeof suiteRuns)[number]['title'], number>> = {
  '2025-11-25': 33,
  '2026-07-28': 40,
  all: 55,
  'all of 0.1.16': 32,
};

const server = await startConformanceServer();

for (const run of suiteRuns) {
  test(run.title, async () => {
    const { passed, notPassed, problems } = await runOfficialSuite(run, server.url());
    assert.equal(problems, []);
    assert.equal(
      notPassed.filter((name) => !expectedFailures.includes(name)),
      [],
    );
    assert.is(passed.length, scenarios[run.title]);
    assert.equal(
      passed.filter((name) => expectedFailures.includes(name)),
      [],
      'what passes is no expected failure any more',
    );
  });
}

test('the server ends well after all that', () => server.stop());

test.run();
