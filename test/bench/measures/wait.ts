import { EXPRESSION, EXTENSION, eightMegabytes, treeFolder } from '../fixtures.ts';
import { type Measure, onFreshTools, type Sample, toolOf, unless } from '../measure.ts';
import type { BenchServer } from '../server-entry.ts';
import { median } from '../statistics.ts';
import type { StdioClient } from '../stdio-client.ts';
import { textOfAnswer } from '../timed-call.ts';
import type { ServerTools, ToolCall } from '../tools.ts';

const PROBE_MS = 1000;
const MESSAGE = 'still there?';

/** Calls the tool again and again until the probe has ended; reads the last answer only then, which may be megabytes. */
async function keepBusy(client: StdioClient, call: ToolCall, probed: Promise<unknown>): Promise<void> {
  let isProbed = false;
  const end = () => {
    isProbed = true;
  };
  void probed.then(end, end);
  let answer = await client.call(call);
  while (!isProbed) answer = await client.call(call);
  textOfAnswer(answer.line);
}

/** How long each of the calls waited that were made one after another; ping where the server has no echo. */
async function probe(client: StdioClient, { tools: { echo } }: BenchServer): Promise<number[]> {
  const waits: number[] = [];
  const end = performance.now() + PROBE_MS;
  for (let start = performance.now(); start < end; start = performance.now()) {
    if (echo === undefined) await client.request('ping');
    else if ((await client.echo(MESSAGE)) !== echo.prefix + MESSAGE) throw new Error('A wrong echo');
    waits.push(performance.now() - start);
  }
  return waits;
}

async function probeWhile(client: StdioClient, server: BenchServer, call: ToolCall): Promise<number[]> {
  textOfAnswer((await client.call(call)).line); // what loads at a first call is not what this is about
  const probed = probe(client, server);
  const [waits] = await Promise.all([probed, keepBusy(client, call, probed)]);
  return waits;
}

async function sample(server: BenchServer, call: ToolCall | undefined): Promise<Sample> {
  return onFreshTools(server, async (client) => {
    const waits = await (call ? probeWhile(client, server, call) : probe(client, server));
    return {
      figures: { p50: median(waits), longest: Math.max(...waits) },
      wrong: unless(client.stray === 0, `${client.stray} stray lines`),
    };
  });
}

function wait(
  id: string,
  what: string,
  needs: keyof ServerTools,
  call: (server: BenchServer) => ToolCall | undefined,
): Measure {
  return {
    id,
    title: `how long echo waits (ping where there is none) while ${what}`,
    needs,
    samples: (rounds) => rounds,
    columns: [
      { key: 'p50', label: 'p50 ms' },
      { key: 'longest', label: 'longest ms' },
      { key: 'longest', label: 'in the best round', pick: 'min' },
    ],
    sample: (server) => sample(server, call(server)),
  };
}

/**
 * While nothing else is asked, the longest wait is the machine's and the harness's: so much of the others is too. Commands
 * are short, so that their beginnings and ends are among what may hold up an echo.
 */
export const waits: readonly Measure[] = [
  wait('wait-idle', 'nothing else is asked', 'echo', () => undefined),
  wait('wait-command', 'commands run, 0.2 s each', 'run', (server) => toolOf(server, 'run')('sleep 0.2')),
  wait('wait-search', 'names are searched', 'search', (server) =>
    toolOf(server, 'search')(treeFolder, EXTENSION),
  ),
  wait('wait-content', 'contents are searched', 'searchContent', (server) =>
    toolOf(server, 'searchContent')(treeFolder, EXPRESSION),
  ),
  wait('wait-read', 'files of 8 MB are read', 'read', (server) =>
    toolOf(server, 'read')(eightMegabytes.path),
  ),
];
