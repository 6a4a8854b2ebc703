import { setTimeout as wait } from 'node:timers/promises';
import type { DatabaseRestored } from '../../../application/events/database-restored.ts';
import type { EventType } from '../../../application/events/event-bus.ts';
import type { AuditSkipped } from '../../../application/events/skipped-calls.ts';
import type { EventFilter, StoredEvent } from '../../../application/ports/store.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import type { EventsInvocation } from '../command-line/invocation.ts';
import { readSince } from '../command-line/read-since.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { Archive, CliServices } from '../services.ts';
import { jsonText } from '../terminal/json-output.ts';
import { showableName } from '../terminal/showable-name.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Types of the events that are stored. */
const TYPES: readonly string[] = [
  'ToolExecuted',
  'ResourceRead',
  'PromptExecuted',
  'SessionCreated',
  'SessionInitialized',
  'SessionClosed',
  'ConversationCreated',
  'MessageAdded',
  'ConversationClosed',
  'ConversationDeleted',
  'DatabaseRestored',
  'AuditSkipped',
] satisfies readonly (EventType | AuditSkipped['type'] | DatabaseRestored['type'])[];

/** Characters of a fact in a row; JSON has all of it. */
const MOST_SHOWN = 200;

/** Events that are read at once, and the milliseconds between two looks for more. */
const PAGE = 500;
const PAUSE_MS = 300;

/** Shows what happened. @throws UsageError, InvalidConfiguration, and DomainError as the store */
export async function events(
  { request, json, follow, types, since }: EventsInvocation,
  services: CliServices,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const filter: EventFilter = {
    since: readSince(since, 'events'),
    ...(types.length > 0 && { types: types.map(requireType) }),
  };
  const archive = await services.archive(request);
  if ('problems' in archive) throw new InvalidConfiguration(archive);
  try {
    const print = (event: StoredEvent) => terminal.print(json ? lineOf(event) : rowOf(event, terminal));
    const count = await printAll(archive, { filter, follow, print, drained: terminal.drained, interrupted });
    if (count === 0 && !interrupted.aborted) terminal.tell(`Nothing happened since ${filter.since}`);
    return exitCodes.done;
  } finally {
    await archive.close();
  }
}

interface Printing {
  readonly filter: EventFilter;
  readonly follow: boolean;
  readonly print: (event: StoredEvent) => void;
  readonly drained: () => Promise<void>;
  readonly interrupted: AbortSignal;
}

/** @returns the number of events */
async function printAll(
  archive: Archive,
  { filter, follow, print, drained, interrupted }: Printing,
): Promise<number> {
  let after: string | undefined;
  for (let count = 0; ; ) {
    const page = await archive.events(filter, after, PAGE);
    for (const event of page) print(event);
    await drained();
    count += page.length;
    after = page.at(-1)?.cursor ?? after;
    if (interrupted.aborted || (page.length < PAGE && !follow)) return count;
    if (page.length < PAGE) await wait(PAUSE_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
}

function requireType(type: string): string {
  if (TYPES.includes(type)) return type;
  throw new UsageError(
    `Expected "--type" to be one of ${TYPES.join(', ')}; got "${type}"${suggestionOf(type, TYPES)}`,
    { command: 'events' },
  );
}

const lineOf = ({ cursor: _, ...event }: StoredEvent) => jsonText(event);

/** Time, type, what it was about, and the rest of what is known, on one line whatever clients call themselves. */
function rowOf({ occurredAt, type, aggregate, payload }: StoredEvent, { paint }: Terminal): string {
  const facts = Object.entries(payload)
    .filter(([name, value]) => value !== aggregate.id && name !== 'sessionId')
    .map(([name, value]) => `${showableName(name)}=${showableName(textOf(value))}`);
  const about = `${showableName(aggregate.type)}:${showableName(aggregate.id)}`;
  return [showableName(occurredAt), paint('bold', showableName(type)), about, ...facts].join('  ');
}

const textOf = (value: JsonValue | undefined) => {
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  return shorten(typeof value === 'string' ? value : JSON.stringify(value), MOST_SHOWN);
};
