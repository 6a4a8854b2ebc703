import type { ChildProcess } from 'node:child_process';

/** Writes the command's whole input and closes it. Whether the command reads it is the command's business. */
export function feedInput({ stdin }: ChildProcess, text: string | undefined): void {
  if (stdin === null || text === undefined) return;
  stdin.on('error', () => undefined); // EPIPE: it ended, or closed its input, before it had read all
  stdin.end(text);
}
