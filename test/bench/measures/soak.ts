import { echoExchange } from '../exchange.ts';
import { runLoad } from '../load.ts';
import { faults, type Measure, onFreshServer, type Sample, toolOf } from '../measure.ts';
import { memory } from '../process-tree.ts';
import type { BenchServer } from '../server-entry.ts';

const ECHO_BYTES = 100;
const HALF = { inflight: 64, calls: 50_000, ms: 15_000 };

async function sample(server: BenchServer): Promise<Sample> {
  return onFreshServer(server, async (client) => {
    const exchange = echoExchange(toolOf(server, 'echo').prefix, ECHO_BYTES);
    const rss = () => memory(client.pid).rss;
    const warmUp = await runLoad(client, exchange, { ...HALF, calls: 2000 });
    const start = rss();
    const first = await runLoad(client, exchange, HALF);
    const middle = rss();
    const second = await runLoad(client, exchange, HALF);
    const end = rss();
    const calls = first.calls + second.calls;
    return {
      figures: {
        calls,
        perSecond: (calls / (first.wallMs + second.wallMs)) * 1000,
        cpuUs: (first.cpuUs * first.calls + second.cpuUs * second.calls) / calls,
        start,
        end,
        secondHalf: end - middle,
        harnessCore: Math.max(first.harnessCore, second.harnessCore),
      },
      wrong: faults(client, warmUp.wrong + first.wrong + second.wrong),
    };
  });
}

export const soak: Measure = {
  id: 'soak',
  title: '100,000 echo calls, 64 in flight (30 s at most)',
  needs: 'echo',
  samples: (rounds) => rounds,
  columns: [
    { key: 'calls', label: 'calls' },
    { key: 'perSecond', label: 'calls/s' },
    { key: 'cpuUs', label: 'CPU us/call' },
    { key: 'start', label: 'RSS at 2,000 MiB' },
    { key: 'end', label: 'RSS at end MiB' },
    { key: 'secondHalf', label: '2nd half MiB' },
    { key: 'harnessCore', label: 'harness core' },
  ],
  sample,
};
