import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measures } from './measures/all.ts';
import { cache } from './paths.ts';
import type { ServerEntry } from './server-entry.ts';
import { servers } from './servers.ts';

export interface Options {
  readonly help: boolean;
  readonly rounds: number;
  /** Measure ids, in the order of the measures. */
  readonly measures: readonly string[];
  readonly servers: readonly ServerEntry[];
  readonly out: string;
}

const byDefault = servers.filter((server) => server.byDefault);

/** Names below an option, as many to a line as fit. */
function listed(names: readonly string[]): string {
  return names
    .join(', ')
    .replace(/(.{1,90})(?: |$)/g, '                  $1\n')
    .trimEnd();
}

export const help = `Usage: node test/bench/run.ts [options]

Measures MCP servers over stdio from outside, checks every answer, and compares ours with floors and peers.
Linux only: memory and processor time come from /proc. Without options it takes a quarter of an hour on two idle cores,
and the first time a minute more, to install the peers.

  --rounds N      samples per server and measure (default 5; cold takes 3 N, ping, echo, drain and commands
                  2 N, stop 2 at most)
  --only a,b      measures:
${listed(measures.map(({ id }) => id))}
  --servers a,b   servers; those with * by default:
${listed(servers.map(({ name, byDefault }) => (byDefault ? `${name}*` : name)))}
  --out FILE      raw samples as JSON (default .cache/bench/results.json)
  --help          this text

BENCH_STDERR=1 shows the servers' stderr.

Each sample is a fresh process; figures are medians. "anon MiB" is the memory of the process's own. "harness core" is
the share of one core that the harness used: near 1 the harness was the limit, and CPU per call is what to compare. So
it is on a machine that is busy with something else. For file and command tools the limits of ours are raised to what
the others answer. A server marked (!) failed or answered wrongly: nothing is compared with it.
The exit code is 0 whether or not a target is met, and 1 when ours answered wrongly.`;

/** Throws an error with a message for the user when an option is wrong. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      only: { type: 'string' },
      servers: { type: 'string' },
      out: { type: 'string', default: join(cache, 'results.json') },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`Expected a whole number of rounds, got "${values.rounds}"`);
  const ids = measures.map(({ id }) => id);
  const chosen = values.servers === undefined ? byDefault.map(({ name }) => name) : values.servers.split(',');
  expectKnown(
    'server',
    chosen,
    servers.map(({ name }) => name),
  );
  const only = values.only?.split(',') ?? ids;
  expectKnown('measure', only, ids);
  return {
    help: values.help,
    rounds,
    measures: only,
    servers: servers.filter(({ name }) => chosen.includes(name)),
    out: resolve(values.out),
  };
}

function expectKnown(kind: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`Unknown ${kind} "${unknown}"; the ${kind}s are ${known.join(', ')}`);
}
