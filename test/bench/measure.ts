import type { BenchServer } from './server-entry.ts';
import { StdioClient } from './stdio-client.ts';
import type { ServerTools } from './tools.ts';

/** The samples of one fresh process of a server. */
export interface Sample {
  readonly figures: Readonly<Record<string, number>>;
  /** Faults of the server: one that is wrong is marked and cannot look fast. */
  readonly wrong: readonly string[];
}

interface Column {
  readonly key: string;
  readonly label: string;
  /** The way in which the rounds' samples become one figure; the median unless told. */
  readonly pick?: 'p95' | 'min';
}

export interface Measure {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** The tool that a server has to have; all but wrappers are measured without. */
  readonly needs?: keyof ServerTools;
  /** Samples per server, from the rounds asked for. */
  readonly samples: (rounds: number) => number;
  readonly sample: (server: BenchServer) => Promise<Sample>;
}

type Work = (client: StdioClient) => Promise<Sample>;

/** Runs `work` on a fresh server whose session is open, and always ends that server. */
export async function onFreshServer(server: BenchServer, work: Work): Promise<Sample> {
  return onClient(new StdioClient(server), work);
}

/** As `onFreshServer`, for file and command tools: the server's limits are raised to what the others answer. */
export async function onFreshTools(server: BenchServer, work: Work): Promise<Sample> {
  return onClient(new StdioClient(server, server.raisedLimits), work);
}

async function onClient(client: StdioClient, work: Work): Promise<Sample> {
  try {
    await client.open();
    return await work(client);
  } finally {
    await client.kill();
  }
}

/** True if a measure can be asked of a server. */
export function canMeasure({ needs }: Measure, { tools, isWrapper }: BenchServer): boolean {
  return needs === undefined ? !isWrapper : tools[needs] !== undefined;
}

/** The call of a server's tool; throws for one that the measure's `needs` leaves out. */
export function toolOf<Kind extends keyof ServerTools>(
  { name, tools }: BenchServer,
  kind: Kind,
): NonNullable<ServerTools[Kind]> {
  const tool = tools[kind];
  if (tool === undefined) throw new Error(`Expected a tool for "${kind}", and ${name} has none`);
  return tool;
}

/** Nothing when `expected` holds, else the fault. */
export function unless(expected: boolean, fault: string): string[] {
  return expected ? [] : [fault];
}

/** Faults after loads that counted `wrong` answers. */
export function faults(client: StdioClient, wrong: number): string[] {
  return [
    ...unless(wrong === 0, `${wrong} wrong answers`),
    ...unless(client.stray === 0, `${client.stray} stray lines`),
  ];
}
