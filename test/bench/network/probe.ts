import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An honest client that asks again and again, in a process of its own: this one has other things to do. */
export async function startProbe(port: number) {
  const script = join(import.meta.dirname, 'send-probe.ts');
  const child = spawn(process.execPath, [script, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    /** Ends it. @returns the longest wait for an answer, in ms */
    async longestWait(): Promise<number> {
      child.stdin.end();
      return Number((await lines.next()).value);
    },
  };
}
