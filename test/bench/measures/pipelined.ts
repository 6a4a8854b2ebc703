import { echoExchange } from '../exchange.ts';
import { runLoad } from '../load.ts';
import { faults, type Measure, onFreshServer, type Sample, toolOf } from '../measure.ts';
import { memory } from '../process-tree.ts';
import type { BenchServer } from '../server-entry.ts';
import { median, quantile } from '../statistics.ts';

const WARM_UP_MS = 500;
const LOAD_MS = 1200;

async function sample(server: BenchServer, inflight: number, size: number): Promise<Sample> {
  return onFreshServer(server, async (client) => {
    const exchange = echoExchange(toolOf(server, 'echo').prefix, size);
    const warmUp = await runLoad(client, exchange, { inflight, calls: inflight, ms: WARM_UP_MS });
    const load = await runLoad(client, exchange, { inflight, ms: LOAD_MS });
    const { latencies, perSecond, cpuUs, harnessCore } = load;
    const { peak } = memory(client.pid);
    return {
      figures: {
        perSecond,
        p50: median(latencies),
        p99: quantile(latencies, 0.99),
        cpuUs,
        peak,
        harnessCore,
      },
      wrong: faults(client, warmUp.wrong + load.wrong),
    };
  });
}

function pipelined(inflight: number, kib: number): Measure {
  return {
    id: `pipe-${inflight}-${kib}KB`,
    title: `pipelined echo of ${kib} KB, ${inflight} in flight`,
    needs: 'echo',
    samples: (rounds) => rounds,
    columns: [
      { key: 'perSecond', label: 'calls/s' },
      { key: 'p50', label: 'p50 ms' },
      { key: 'p99', label: 'p99 ms' },
      { key: 'cpuUs', label: 'CPU us/call' },
      { key: 'peak', label: 'peak RSS MiB' },
      { key: 'harnessCore', label: 'harness core' },
    ],
    sample: (server) => sample(server, inflight, kib * 1024),
  };
}

export const pipelines: readonly Measure[] = [
  pipelined(64, 1),
  pipelined(1000, 1),
  pipelined(64, 100),
  pipelined(1000, 100),
];
