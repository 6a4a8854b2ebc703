import type { BenchServer } from './servers.ts';
import { StdioClient } from './stdio-client.ts';

/** What one fresh process of a server gave. */
export interface Sample {
  readonly figures: Readonly<Record<string, number>>;
  /** What the server did wrong: one that is wrong is marked and cannot look fast. */
  readonly wrong: readonly string[];
}

interface Column {
  readonly key: string;
  readonly label: string;
  /** How the rounds' samples become one figure; the median unless told. */
  readonly pick?: 'p95' | 'min';
}

export interface Measure {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** Samples per server, from the rounds asked for. */
  readonly samples: (rounds: number) => number;
  readonly sample: (server: BenchServer) => Promise<Sample>;
}

/** Runs `work` on a fresh server whose session is open, and always ends that server. */
export async function onFreshServer(
  server: BenchServer,
  work: (client: StdioClient) => Promise<Sample>,
): Promise<Sample> {
  const client = new StdioClient(server);
  try {
    await client.open();
    return await work(client);
  } finally {
    await client.kill();
  }
}

/** Nothing when `expected` holds, else the fault. */
export function unless(expected: boolean, fault: string): string[] {
  return expected ? [] : [fault];
}

/** What is wrong after loads that counted `wrong` answers. */
export function faults(client: StdioClient, wrong: number): string[] {
  return [
    ...unless(wrong === 0, `${wrong} wrong answers`),
    ...unless(client.stray === 0, `${client.stray} stray lines`),
  ];
}
