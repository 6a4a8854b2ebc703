import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expectedOf, type RealClient, tryClient } from './real-client.ts';

/** Makes a test of each of a client's trials, and runs them. */
export function testClient(client: RealClient, trials = client.trials): void {
  const test = suite(`${client.name} as others made it`);
  for (const trial of trials) {
    const { transport, revision } = trial;
    test(`${client.name} lists the tools and hands on their answers over ${transport}, ${revision}`, async () => {
      assert.equal(await tryClient(client, trial), expectedOf(trial));
    });
  }
  test.run();
}
