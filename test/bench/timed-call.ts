import { resultOf, textOf } from './message.ts';
import { processorMsOfAll } from './process-tree.ts';
import type { StdioClient } from './stdio-client.ts';
import type { ToolCall } from './tools.ts';

/** An answer of a tool, read, and how long it took to be there. */
interface TimedText {
  readonly text: string;
  readonly ms: number;
}

/**
 * Makes `count` calls at once and waits for all. Answers are read when all are there, so that reading is in no time but
 * the harness's own. Throws when a tool says that it failed.
 */
export async function callAtOnce(
  client: StdioClient,
  count: number,
  tool: (index: number) => ToolCall,
): Promise<TimedText[]> {
  const start = performance.now();
  const answers = await Promise.all(Array.from({ length: count }, (_, index) => client.call(tool(index))));
  return answers.map(({ line, at }) => ({ text: textOfAnswer(line), ms: at - start }));
}

export async function timedCall(client: StdioClient, tool: ToolCall): Promise<TimedText> {
  const [timed] = await callAtOnce(client, 1, () => tool);
  if (timed === undefined) throw new Error(`${tool.name}: no answer`);
  return timed;
}

/** Throws when a tool says that it failed. */
export function textOfAnswer(line: Buffer): string {
  const result = resultOf(line);
  const text = textOf(result);
  if (result.isError) throw new Error(`A tool failed: ${JSON.stringify(text.slice(0, 80))}`);
  return text;
}

interface Repetitions {
  /** Each one's time, in ms, as `once` returned it. */
  readonly times: readonly number[];
  /** Processor time of the server and whatever it started, per repetition. */
  readonly cpuMs: number;
}

/** Does the same `count` times, one after another. */
export async function repeat(
  client: StdioClient,
  count: number,
  once: () => Promise<number>,
): Promise<Repetitions> {
  const before = processorMsOfAll(client.pid);
  const times: number[] = [];
  for (let index = 0; index < count; index++) times.push(await once());
  return { times, cpuMs: (processorMsOfAll(client.pid) - before) / count };
}
