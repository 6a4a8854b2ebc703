// Takes each real client through its trials, one line a client: `node test/support/run-clients.ts [NAME...]`, only those named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mcpProxy, mcpRemote } from './clients/bridges.ts';
import { claudeCode } from './clients/claude-code.ts';
import { codex } from './clients/codex.ts';
import { copilot } from './clients/copilot.ts';
import { gemini } from './clients/gemini.ts';
import { inspector } from './clients/inspector.ts';
import { installClient } from './clients/install-client.ts';
import { aiSdk, openaiAgents } from './clients/libraries.ts';
import { mcporter } from './clients/mcporter.ts';
import { expectedOf, type RealClient, type Trial, tryClient } from './clients/real-client.ts';
import { productTools } from './product-tools.ts';

const agents = [claudeCode, codex, copilot, gemini];
/** Marks the process of a client's turn. */
const ALONE = '--alone';
/** Milliseconds that the turn of a client may take, its installation included. */
const PATIENCE_MS = 900_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const clients = [...agents, inspector, mcporter, mcpRemote, mcpProxy, aiSdk, openaiAgents];

const names = process.argv.slice(2).filter((name) => name !== ALONE);
const wanted = clients.filter(({ name }) => names.length === 0 || names.includes(name));
if (wanted.length < names.length)
  throw new Error(`Expected names of ${clients.map(({ name }) => name).join(', ')}, got ${names.join(', ')}`);

/** All that is checked in each trial. */
const WORKED = `lists ${productTools.length} tools, calls read_file, echo and execute_command`;

if (process.argv.includes(ALONE)) {
  for (const client of wanted) if (!(await isFit(client))) process.exitCode = 1;
} else {
  let failed = 0;
  for (const { name } of wanted) if (!(await isFitAlone(name))) failed += 1;
  console.log(`${wanted.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Gives a client a process group of its own: whatever it has started ends with its turn, and with us. */
async function isFitAlone(name: string): Promise<boolean> {
  const turn = spawn(process.execPath, [import.meta.filename, ALONE, name], {
    detached: true,
    stdio: 'inherit',
  });
  const end = () => endGroup(turn.pid);
  const endAll = () => {
    end();
    process.exit(1);
  };
  for (const signal of signals) process.on(signal, endAll);
  const timer = setTimeout(end, PATIENCE_MS);
  const [code] = await once(turn, 'exit');
  clearTimeout(timer);
  for (const signal of signals) process.off(signal, endAll);
  end();
  if (code === null) console.log(`FAILED  ${name}  did not come to an end`);
  return code === 0;
}

function endGroup(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Takes a client through its trials and prints its line: its version, in which ways it works, and all that is wrong. */
async function isFit(client: RealClient): Promise<boolean> {
  const started = performance.now();
  const [ways, problems]: [string[], string[]] = [[], []];
  let version = '';
  try {
    ({ version } = installClient(client.name));
    for (const trial of client.trials) {
      const problem = await problemOf(client, trial);
      const way = `${trial.transport} ${trial.revision}`;
      if (problem === undefined) ways.push(way);
      else problems.push(`${way}: ${problem}`);
    }
  } catch (error) {
    problems.push(messageOf(error));
  }
  const mark = problems.length > 0 ? 'FAILED' : 'ok    ';
  const name = `${client.name} ${version}`.padEnd(22);
  const worked = ways.length > 0 ? `${ways.join(', ')}: ${WORKED}` : '';
  const seconds = `(${((performance.now() - started) / 1000).toFixed(1)} s)`;
  console.log([mark, name, worked, ...problems, seconds].filter((part) => part !== '').join('  '));
  return problems.length === 0;
}

/** Says what a trial's report should have been, and what it is; nothing if it is right. */
async function problemOf(client: RealClient, trial: Trial): Promise<string | undefined> {
  const expected = JSON.stringify(expectedOf(trial));
  try {
    const got = JSON.stringify(await tryClient(client, trial));
    return got === expected ? undefined : `expected ${expected}, got ${got}`;
  } catch (error) {
    return messageOf(error);
  }
}

/** The first lines of an error: programs that fail can say a lot. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 1000) : String(error);
}
