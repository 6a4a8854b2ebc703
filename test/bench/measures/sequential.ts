import { onOneCore } from '../affinity.ts';
import { type Exchange, echoExchange, pingExchange } from '../exchange.ts';
import { runLoad } from '../load.ts';
import { faults, type Measure, onFreshServer, type Sample, toolOf, unless } from '../measure.ts';
import type { BenchServer } from '../server-entry.ts';
import { median, quantile } from '../statistics.ts';
import type { StdioClient } from '../stdio-client.ts';

const ECHO_BYTES = 100;
/** Text that a server may get wrong that treats text as bytes, or bytes as text. */
const AWKWARD = 'é漢字 😀 "quoted" \\ back\tslash\n\u2028 end';

const columns = [
  { key: 'p50', label: 'p50 ms' },
  { key: 'p99', label: 'p99 ms' },
  { key: 'cpuUs', label: 'CPU us/call' },
];

async function oneAtATime(client: StdioClient, exchange: Exchange): Promise<Sample> {
  const { latencies, cpuUs, wrong } = await onOneCore(client.pid, async () => {
    await runLoad(client, exchange, { inflight: 1, calls: 500, ms: 1000 });
    return runLoad(client, exchange, { inflight: 1, calls: 3000, ms: 1500 });
  });
  const figures = { p50: median(latencies), p99: quantile(latencies, 0.99), cpuUs };
  return { figures, wrong: faults(client, wrong) };
}

async function echoSample(server: BenchServer): Promise<Sample> {
  const { prefix } = toolOf(server, 'echo');
  return onFreshServer(server, async (client) => {
    const answer = await client.echo(AWKWARD);
    const sample = await oneAtATime(client, echoExchange(prefix, ECHO_BYTES));
    const wrong = [...sample.wrong, ...unless(answer === prefix + AWKWARD, `echo "${answer}"`)];
    return { ...sample, wrong };
  });
}

export const ping: Measure = {
  id: 'ping',
  title: 'sequential ping, the protocol alone',
  samples: (rounds) => rounds * 2,
  columns,
  sample: (server) => onFreshServer(server, (client) => oneAtATime(client, pingExchange())),
};

export const echo: Measure = {
  id: 'echo',
  title: `sequential echo of ${ECHO_BYTES} bytes`,
  needs: 'echo',
  samples: (rounds) => rounds * 2,
  columns,
  sample: echoSample,
};
