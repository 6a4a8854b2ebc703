import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../../build/paths.ts';
import type { Frame } from '../server-process.ts';
import { WireAudit } from '../wire-audit.ts';

/** Milliseconds that a server has to end; only a failing one gets there. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 20;

const META = 'io.modelcontextprotocol/protocolVersion';

/** The command that starts a server and keeps what it and its client say, in files whose names begin with `file`. */
export function recorded(file: string, command: string, args: readonly string[]) {
  const recorder = join(root, 'test/support/clients/record-stdio.ts');
  return { command: process.execPath, args: [recorder, file, command, ...args] };
}

/**
 * Waits until every server that was started has ended, judges each of their frames by its schema, and returns the revision in which
 * the last tool was called.
 * @throws Error if a server did not end well, or sent a frame that breaks its schema
 */
export async function readRecord(file: string): Promise<string | undefined> {
  let revision: string | undefined;
  for (const name of globSync(`${file}.*`)) {
    const entries = await wholeRecord(name);
    const { ended = 'killed' } = entries.at(-1) ?? {};
    if (ended !== 0 && ended !== 'killed') throw new Error(`Expected the server to end with 0, got ${ended}`);
    revision = revisionOf(entries) ?? revision;
  }
  return revision;
}

/** Ends what a client has left running. */
export function endRecorded(file: string): void {
  for (const name of globSync(`${file}.*`)) {
    const entries = entriesOf(name);
    if (entries.at(-1)?.ended === undefined)
      for (const pid of [recorderOf(name), entries[0]?.server])
        if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
}

/** The entries of a server that has ended: a client may be gone a moment before. Some kill the recorder, and so its last entry. */
async function wholeRecord(name: string): Promise<Frame[]> {
  for (let left = PATIENCE_MS; left > 0; left -= PAUSE_MS) {
    const entries = entriesOf(name);
    const hasEnded = entries.at(-1)?.ended !== undefined;
    if (hasEnded || !(isAlive(recorderOf(name)) || isAlive(entries[0]?.server))) return entries;
    await wait(PAUSE_MS);
  }
  throw new Error('Expected the server to end with its client, it did not');
}

/** The whole lines of a record; the last may still be written. */
function entriesOf(name: string): Frame[] {
  const written = readFileSync(name, 'utf8');
  const lines = written.slice(0, written.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

const recorderOf = (name: string) => Number(name.split('.').at(-1));

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The revision of the last tool call, and no frame but valid ones. */
function revisionOf(entries: readonly Frame[]): string | undefined {
  const audit = new WireAudit();
  let session: string | undefined;
  let revision: string | undefined;
  for (const { from, line } of entries.filter((entry) => 'line' in entry && entry.line.trim() !== '')) {
    const frame = JSON.parse(line);
    if (from === 'client') audit.sent(line);
    else audit.received(frame);
    session = frame.result?.protocolVersion ?? session;
    if (frame.method === 'tools/call') revision = frame.params._meta?.[META] ?? session;
  }
  return revision;
}
