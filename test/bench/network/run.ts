// The network's part of `make bench`: echo over Streamable HTTP beside a bare loop and the SDKs, memory, many streams, a flood.
import { parseArgs } from 'node:util';
import { bundleFixtures } from '../../../build/bundle.ts';
import { median } from '../statistics.ts';
import { figure, table } from '../table.ts';
import { type EchoSample, echoSample } from './echo.ts';
import { fanOut } from './fan-out.ts';
import { flood } from './flood.ts';
import { idleSessionKib, listenStreamKib } from './memory.ts';
import { type Era, type HttpServer, servers } from './servers.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Number(values.rounds);
if (process.platform !== 'linux') throw new Error('The benchmark reads /proc: it runs on Linux only');

const [ours] = servers;
if (ours === undefined) throw new Error('Expected ours to be the first of the servers');
const verdicts: string[][] = [];

function judge(
  what: string,
  value: number,
  bound: 'at least' | 'at most',
  limit: number,
  unit: string,
): void {
  const isMet = bound === 'at least' ? value >= limit : value <= limit;
  const sign = bound === 'at least' ? '>=' : '<=';
  verdicts.push([what, `${figure(value)} ${unit}`, `${sign} ${limit} ${unit}`, isMet ? 'met' : 'MISSED']);
}

/** Servers alternate, so that drift of the machine meets all alike. */
async function echoOf(era: Era, connections: number): Promise<Map<string, EchoSample>> {
  const samples = new Map<HttpServer, EchoSample[]>();
  for (let round = 0; round < rounds; round++) {
    for (const server of servers.filter(({ eras }) => eras.includes(era))) {
      samples.set(server, [...(samples.get(server) ?? []), await echoSample(server, era, connections)]);
    }
  }
  const middle = (all: readonly EchoSample[], key: keyof EchoSample) =>
    median(all.map((sample) => sample[key]));
  return new Map(
    [...samples].map(([{ name }, all]) => [
      name,
      {
        perSecond: middle(all, 'perSecond'),
        p50: middle(all, 'p50'),
        p99: middle(all, 'p99'),
        cpuUs: middle(all, 'cpuUs'),
        harnessCore: middle(all, 'harnessCore'),
      },
    ]),
  );
}

const columns = ['server', 'calls/s', 'p50 ms', 'p99 ms', 'CPU us/call', 'harness core'];

for (const era of ['modern', 'legacy'] as const) {
  for (const connections of [1, 16, 128]) {
    const results = await echoOf(era, connections);
    const rows = [...results].map(([name, sample]) => [name, ...Object.values(sample).map(figure)]);
    console.log(
      `\n### Streamable HTTP, ${era}: echo of 100 bytes, ${connections} connections\n\n${table(columns, rows)}`,
    );
    const against = (name: string) =>
      (results.get('ours')?.perSecond ?? 0) / (results.get(name)?.perSecond ?? 0);
    const sdk = era === 'modern' ? 'sdk-v2' : 'sdk-v1';
    const title = `echo, ${era}, ${connections} connections`;
    judge(`${title}, against ${sdk}`, against(sdk), 'at least', connections === 16 ? 8 : 5, 'x');
    if (era === 'modern') judge(`${title}, against floor-http`, against('floor-http'), 'at least', 0.6, 'x');
  }
}

judge('memory of an idle legacy session', await idleSessionKib(ours), 'at most', 20, 'KiB');
judge('memory of an open listen stream', await listenStreamKib(ours), 'at most', 20, 'KiB');
await bundleFixtures();
const { allToldMs, longestWaitMs } = await fanOut();
judge('2,000 streams told of one change', allToldMs, 'at most', 100, 'ms');
judge('longest wait of another request meanwhile', longestWaitMs, 'at most', 50, 'ms');
const { quietP99, floodedP99 } = await flood(ours);
judge(`p99 in a flood of 20,000 (quiet: ${figure(quietP99)} ms)`, floodedP99 / quietP99, 'at most', 3, 'x');

console.log(
  `\n### ours against the targets, network\n\n${table(['measure', 'ours', 'target', 'verdict'], verdicts, [0, 3])}`,
);
process.exit();
