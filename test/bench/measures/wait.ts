import {
  EXPRESSION,
  EXTENSION,
  FOUND_NAME,
  FOUND_TEXT,
  MATCHES,
  sevenMegabytes,
  textOfSize,
  treeFolder,
} from '../fixtures.ts';
import { type Measure, onFreshTools, type Sample, toolOf, unless } from '../measure.ts';
import type { BenchServer } from '../server-entry.ts';
import { median } from '../statistics.ts';
import type { StdioClient } from '../stdio-client.ts';
import { textOfAnswer } from '../timed-call.ts';
import type { ServerTools, ToolCall } from '../tools.ts';

const PROBE_MS = 1000;
const MESSAGE = 'still there?';

/** Work that is under way while echo is asked: the call, and whether an answer's text is the whole and right one. */
interface Work {
  readonly call: ToolCall;
  readonly isRight: (text: string) => boolean;
}

/** Calls the tool until the probe has ended; the last answer only then is read, which may be megabytes. */
async function keepBusy(client: StdioClient, call: ToolCall, probed: Promise<unknown>): Promise<string> {
  let isProbed = false;
  const end = () => {
    isProbed = true;
  };
  void probed.then(end, end);
  let answer = await client.call(call);
  while (!isProbed) answer = await client.call(call);
  return textOfAnswer(answer.line);
}

/** Milliseconds that each of the calls waited that were made one after another; ping if the server has no echo. */
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

function sampleOf(client: StdioClient, waits: readonly number[], wrong: readonly string[]): Sample {
  const stray = unless(client.stray === 0, `${client.stray} stray lines`);
  return { figures: { p50: median(waits), longest: Math.max(...waits) }, wrong: [...stray, ...wrong] };
}

async function sample(server: BenchServer, { call, isRight }: Work): Promise<Sample> {
  return onFreshTools(server, async (client) => {
    await client.call(call); // what loads at a first call is not what this is about
    const probed = probe(client, server);
    const [waits, text] = await Promise.all([probed, keepBusy(client, call, probed)]);
    return sampleOf(client, waits, unless(isRight(text), 'a wrong answer to what was under way'));
  });
}

const shape = {
  samples: (rounds: number) => rounds,
  columns: [
    { key: 'p50', label: 'p50 ms' },
    { key: 'longest', label: 'longest ms' },
    { key: 'longest', label: 'in the best round', pick: 'min' as const },
  ],
};

function wait<Kind extends 'run' | 'read' | 'search' | 'searchContent'>(
  kind: Kind,
  id: string,
  what: string,
  work: (tool: NonNullable<ServerTools[Kind]>) => Work,
): Measure {
  const title = `how long echo waits (ping where there is none) while ${what}`;
  return { ...shape, id, title, needs: kind, sample: (server) => sample(server, work(toolOf(server, kind))) };
}

/** With nothing else under way the longest wait is the machine's and the harness's: so much of the others is too. */
const idle: Measure = {
  ...shape,
  id: 'wait-idle',
  title: 'how long echo waits while nothing else is asked',
  needs: 'echo',
  sample: (server) =>
    onFreshTools(server, async (client) => sampleOf(client, await probe(client, server), [])),
};

const hasAll = (pattern: RegExp) => (text: string) => new Set(text.match(pattern)).size === MATCHES;

export const waits: readonly Measure[] = [
  idle,
  // Short ones, so that their beginnings and ends are among what may hold up an echo.
  wait('run', 'wait-command', 'commands run, 0.2 s each', (run) => ({
    call: run('sleep 0.2 && printf done-%d 42'),
    isRight: (text) => text.includes('done-42'),
  })),
  wait('search', 'wait-search', 'names are searched', (search) => ({
    call: search(treeFolder, EXTENSION),
    isRight: hasAll(FOUND_NAME),
  })),
  wait('searchContent', 'wait-content', 'contents are searched', (searchContent) => ({
    call: searchContent(treeFolder, EXPRESSION),
    isRight: hasAll(FOUND_TEXT),
  })),
  wait('read', 'wait-read', 'files of 7 MB are read', (read) => ({
    call: read(sevenMegabytes.path),
    isRight: (text) => text.includes(textOfSize(sevenMegabytes.bytes)),
  })),
];
