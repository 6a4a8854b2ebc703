import type { ChildProcess } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import type { CommandRequest } from '../../application/ports/processes.ts';
import { OutputCapture } from './io/output-capture.ts';
import { settledWithin } from './settled-within.ts';

/** The end of a process: one of the two is null. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** A child process from its start to its end, and what it wrote. */
export class RunningCommand {
  /** Resolves when the process itself has ended; rejects when it could not be started. */
  readonly ended: Promise<CommandEnd>;
  readonly stdout: OutputCapture;
  readonly stderr: OutputCapture;
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private received = 0;

  /** @param child just started: nothing has happened to it yet */
  constructor(child: ChildProcess, { stdin, maxOutputBytes, onOutput }: CommandRequest) {
    this.child = child;
    this.stdout = new OutputCapture(maxOutputBytes);
    this.stderr = new OutputCapture(maxOutputBytes);
    const capture = (into: OutputCapture) => (chunk: Uint8Array) => {
      into.write(chunk);
      this.received += chunk.length;
      onOutput?.(chunk.length);
    };
    child.stdout?.on('data', capture(this.stdout));
    child.stderr?.on('data', capture(this.stderr));
    this.ended = new Promise((resolve, reject) => {
      child.on('exit', (exitCode, signal) => resolve({ exitCode, signal }));
      child.on('error', reject);
    });
    this.closed = new Promise((resolve) => child.on('close', resolve));
    feedInput(child, stdin);
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Reads what the ended process left in its outputs and closes them. */
  drain(): Promise<void> {
    return drainOutputs(this.child, this.closed, () => this.received);
  }

  /** Ends the process itself, without a word, whatever it has started; nothing if it has ended. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Lets go of a process that never started, or can't be ended: nothing of it is waited for any more. */
  abandon(): void {
    for (const stream of this.child.stdio) stream?.destroy();
    this.child.unref();
  }
}

/** Writes the command's whole input and closes it. Whether the command reads it is the command's business. */
function feedInput({ stdin }: ChildProcess, text: string | undefined): void {
  if (stdin === null || text === undefined) return;
  stdin.on('error', () => undefined); // EPIPE: it ended, or closed its input, before it had read all
  stdin.end(text);
}

/**
 * Milliseconds of quiet after which nothing more is expected: the command's own output is in the pipes when it ends, and arrives
 * within an iteration or two of the event loop.
 */
const QUIET_MS = 20;
const LONGEST_MS = 200;

/**
 * Takes what is left in the outputs of a command that has ended, then closes them: at their end; else, since what it has
 * started may hold them open for ever, when nothing more comes or too much does.
 * @param closed resolves when both outputs have ended
 * @param received how many bytes have come so far
 */
async function drainOutputs(
  child: ChildProcess,
  closed: Promise<unknown>,
  received: () => number,
): Promise<void> {
  const started = performance.now();
  let before = -1;
  while (received() !== before && performance.now() - started < LONGEST_MS) {
    before = received();
    if (await settledWithin(closed, QUIET_MS)) return;
    await setImmediate(); // after a busy spell the timer comes first: let the pipes be read before they are judged
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}
