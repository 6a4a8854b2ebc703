// Runs the official conformance suite against a fixture server: `node test/support/run-conformance.ts`, one line a run.
import { bundleFixtures } from '../../build/bundle.ts';
import { expectedFailures, runOfficialSuite, startConformanceServer, suiteRuns } from './official-suite.ts';

await bundleFixtures();
const server = await startConformanceServer();
for (const run of suiteRuns) {
  const { passed, notPassed, checks, problems } = await runOfficialSuite(run, server.url());
  const scenarios = `${passed.length}/${passed.length + notPassed.length} scenarios`;
  console.log(`${run.title.padEnd(14)} ${scenarios}, ${checks.passed}/${checks.total} checks`);
  const unexpected = notPassed.filter((name) => !expectedFailures.includes(name));
  for (const problem of problems) console.log(`  ${problem}`);
  if (unexpected.length > 0) {
    console.log(`  not passed: ${unexpected.join(', ')}`);
    process.exitCode = 1;
  }
}
await server.stop();
