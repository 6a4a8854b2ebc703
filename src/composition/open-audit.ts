import { createEventStamps } from '../application/event-stamps.ts';
import type { EventBus } from '../application/events/event-bus.ts';
import type { ArgumentRecorder } from '../application/ports/argument-recorder.ts';
import type { AuditHealth } from '../application/ports/health.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { EventClass } from '../domain/shared/domain-event.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { argumentKeyPath } from '../infrastructure/config/sources/state-folder.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { OpenedAdapters } from './open-adapters.ts';
import type { StoreFile } from './open-store.ts';

interface AuditContext extends Pick<OpenedAdapters, 'store' | 'clock' | 'ids' | 'logger'> {
  readonly file?: Pick<StoreFile, 'trim' | 'path'>;
  readonly events: EventBus;
  /** Masked in what is stored. */
  readonly secrets: readonly string[];
  readonly lifetimes: Lifetimes;
}

/**
 * Begins to store what happens, where there is a file for it; it ends before that is closed.
 * @returns what tells of it
 */
export async function openAudit(
  configuration: Configuration,
  { events, store, file, clock, ids, logger, lifetimes, secrets }: AuditContext,
): Promise<() => AuditHealth | undefined> {
  const { audit: settings } = configuration;
  const classes = classesOf(configuration);
  if (file === undefined || classes.length === 0) return () => undefined;
  const { Audit } = await import('../application/events/audit.ts');
  const rate = { perMinute: settings.max_rate * 60, burst: settings.max_rate * 2 };
  const recorder = await recorderOf(settings.record_arguments, { path: file.path, secrets, logger });
  const nextStamp = createEventStamps(clock, ids);
  const audit = new Audit({ events, store, clock, logger, rate, recorder, nextStamp, classes });
  const stopTrimming = trimFromTimeToTime(file, logger);
  lifetimes.add({
    name: 'audit',
    close: async () => {
      stopTrimming();
      await audit.close();
    },
  });
  return () => audit.health();
}

/** The classes of events to store; those of conversations that are in memory have no change to be stored with. */
function classesOf({ audit, database }: Configuration): readonly EventClass[] {
  return [
    ...(audit.enabled ? (['audit'] as const) : []),
    ...(database.keep_conversations ? [] : (['state'] as const)),
  ];
}

interface RecorderContext extends Pick<AuditContext, 'secrets' | 'logger'> {
  /** The database's file. */
  readonly path: string;
}

/** Makes of arguments that which is stored of them; undefined where nothing is. */
async function recorderOf(
  form: Configuration['audit']['record_arguments'],
  { path, secrets, logger }: RecorderContext,
): Promise<ArgumentRecorder | undefined> {
  switch (form) {
    case 'none':
      return undefined;
    case 'hash': {
      const { KeyedArguments } = await import('../infrastructure/audit/keyed-arguments.ts');
      return new KeyedArguments({ keyFile: argumentKeyPath(path), logger });
    }
    case 'full': {
      const { fullArguments } = await import('../application/events/full-arguments.ts');
      return fullArguments(secrets);
    }
  }
}

/** Milliseconds until old events are looked for: not in servers that live for one question. */
const FIRST_MS = 60_000;
const INTERVAL_MS = 3_600_000;

/** Milliseconds between two steps: others want the file, too. */
const PAUSE_MS = 20;

/** @returns what ends it */
function trimFromTimeToTime(file: Pick<StoreFile, 'trim'>, logger: Logger): () => void {
  let timer: NodeJS.Timeout | undefined;
  const trimIn = (milliseconds: number) => {
    timer = setTimeout(async () => {
      const hasMore = await file.trim().catch((error: Error) => {
        logger.debug('Old events stay for now', { error: error.message });
        return false;
      });
      if (timer) trimIn(hasMore ? PAUSE_MS : INTERVAL_MS);
    }, milliseconds).unref();
  };
  trimIn(FIRST_MS);
  return () => {
    clearTimeout(timer);
    timer = undefined;
  };
}
