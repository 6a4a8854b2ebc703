import type { ChildProcess } from 'node:child_process';
import type { CommandRequest } from '../../application/ports/processes.ts';
import { drainOutputs } from './io/drain-outputs.ts';
import { OutputCapture } from './io/output-capture.ts';

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
