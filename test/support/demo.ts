// Takes dist/tfo-mcp through a session as a client would, in both eras of the protocol: behind `make run`.
import { relative } from 'node:path';
import { styleText } from 'node:util';
import { root } from '../../build/paths.ts';
import { readAnswer, requireEqual } from './demo-check.ts';
import { actsOn, type Step } from './demo-steps.ts';
import { ServerProcess, serverCommand } from './server-process.ts';

/** The column at which the rest of a method's line, or of an answer's, begins. */
const COLUMN = 'notifications/initialized  '.length;

const wrong: string[] = [];
let asked = 0;

const { command } = serverCommand('binary');
console.log(`\nA client starts ${paint('bold', relative(root, command))} and talks to it over its pipes.`);
const server = new ServerProcess('binary');
try {
  await converse();
} catch (error) {
  report('the session', error);
} finally {
  server.kill();
}
conclude();

/** @throws Error if an answer never comes, or if the server doesn't end well */
async function converse(): Promise<void> {
  for (const { title, steps } of actsOn(process.platform)) {
    console.log(`\n${paint('bold', title)}\n`);
    for (const step of steps) await take(step);
  }
  requireEqual('the end', await server.close(), { code: 0, signal: null });
  requireEqual('stderr', server.stderr, '');
}

/** Sends a message, and prints it and what comes back. */
async function take(step: Step): Promise<void> {
  const { method, params, shown = '' } = step;
  print(paint('cyan', '→'), method, paint('dim', shown));
  if (step.read === undefined) {
    server.send({ jsonrpc: '2.0', method });
    return;
  }
  const id = ++asked;
  const sent = performance.now();
  const answer = await server.request(id, method, params);
  const time = `${(performance.now() - sent).toFixed(1)} ms`;
  try {
    print(paint('green', '✓'), time, readAnswer(step, answer, id));
  } catch (error) {
    report(method, error);
  }
}

function conclude(): void {
  if (wrong.length > 0) {
    console.log(
      `\n${paint('red', '✗ Not as it should be:')}\n\n${wrong.map((line) => `  ${line}\n`).join('')}`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`\n${paint('green', `✓ ${asked} requests, ${asked} right answers, a clean end`)}`);
  console.log(`\nTo use it, put this into your MCP client's configuration:\n`);
  console.log(`${JSON.stringify({ mcpServers: { tfo: { command } } }, null, 2)}\n`);
}

function print(mark: string, first: string, second: string): void {
  console.log(`  ${mark} ${first.padEnd(COLUMN)}${second}`.trimEnd());
}

function report(what: string, error: unknown): void {
  const { message } = error as Error;
  wrong.push(`${what}: ${message}`);
  print(paint('red', '✗'), 'wrong', message);
}

/** Colours on a terminal only, and not under NO_COLOR. */
function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return text && styleText(style, text, { stream: process.stdout });
}
