import { processorMs } from '../process-tree.ts';
import { quantile } from '../statistics.ts';
import { HttpConnection } from './http-connection.ts';
import { echoOn } from './messages.ts';
import { type Era, type HttpServer, onServer } from './servers.ts';

const FILLER = 'The quick brown fox jumps over the lazy dog. '.repeat(3).slice(0, 100);
const WARM_UP_MS = 1500;
const MS = 2500;

export interface EchoSample {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the server. */
  readonly cpuUs: number;
  /** The share of one core that this process used: near 1 it was the limit, and the server's CPU is what to compare. */
  readonly harnessCore: number;
}

/** Echo of 100 bytes over so many connections, one call at a time on each. @throws Error at the first wrong answer */
export async function echoSample(server: HttpServer, era: Era, connections: number): Promise<EchoSample> {
  return await onServer(server.command(), async ({ pid, port }) => {
    const open = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
    const callers = await Promise.all(
      open.map(async (connection) => ({ connection, make: await echoOn(connection, era) })),
    );
    const latencies: number[] = [];
    let next = 0;
    const work = async ({ connection, make }: (typeof callers)[number], until: number) => {
      while (performance.now() < until) {
        const id = ++next;
        const begun = performance.now();
        const { status, body } = await connection.request(make(id, `${id} ${FILLER}`));
        latencies.push(performance.now() - begun);
        if (
          status !== 200 ||
          !body.includes(`"${server.prefix}${id} ${FILLER}"`) ||
          !body.includes(`"id":${id}`)
        )
          throw new Error(`${server.name} answered wrongly: ${status} ${body}`);
      }
    };
    const run = (ms: number) => Promise.all(callers.map((caller) => work(caller, performance.now() + ms)));
    await run(WARM_UP_MS);
    latencies.length = 0;
    const [cpu, own, begun] = [processorMs(pid), process.cpuUsage(), performance.now()];
    await run(MS);
    const elapsed = performance.now() - begun;
    const used = process.cpuUsage(own);
    const calls = latencies.length;
    for (const connection of open) connection.close();
    return {
      perSecond: (calls / elapsed) * 1000,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      cpuUs: ((processorMs(pid) - cpu) * 1000) / calls,
      harnessCore: (used.user + used.system) / 1000 / elapsed,
    };
  });
}
