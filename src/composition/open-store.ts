import { statSync } from 'node:fs';
import type { BackendHealth } from '../application/ports/health.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { Store } from '../application/ports/store.ts';
import { lazily } from '../domain/shared/lazily.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { databasePath } from '../infrastructure/config/sources/state-folder.ts';
import { DeferredStore } from '../infrastructure/persistence/deferred-store.ts';
import { MemoryStore } from '../infrastructure/persistence/memory/memory-store.ts';
import type { SqliteDatabase } from '../infrastructure/persistence/sqlite/sqlite-database.ts';
import type { Lifetime, Lifetimes } from './lifetimes.ts';

/** Characters of all conversations in memory, twice as many bytes at most. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/** Events in memory. */
const MAX_EVENTS = 1000;

const MS_PER_DAY = 86_400_000;

const name = 'database';

/** A file in which things are kept, beyond what a store is for. */
export interface StoreFile {
  /** Absolute. */
  readonly path: string;
  /** Opens it before its first use. @throws DomainError `store.unavailable` */
  open(): Promise<void>;
  /** Makes what was removed unreadable. @returns false where other processes were in the way: it is done later */
  purge(): Promise<boolean>;
  /** Removes some of the events that are too old or too many. @returns whether there are more */
  trim(): Promise<boolean>;
}

export interface OpenedStore {
  readonly store: Store;
  /** Absent for memory. */
  readonly file?: StoreFile;
  /** The reason why what is in it may be gone, as the end of a sentence; absent where things stay until they are removed. */
  forgets?(): string | undefined;
}

interface OpenedFile extends Required<Omit<OpenedStore, 'forgets'>> {
  readonly lifetime: FileLifetime;
}

interface FileLifetime extends Lifetime {
  backends(): readonly BackendHealth[];
  close(): Promise<void>;
}

interface StoreContext {
  readonly host: ConfigurationHost;
  readonly logger: Logger;
  readonly lifetimes: Pick<Lifetimes, 'add'>;
}

/**
 * The store that the configuration chooses. A file is opened at its first use, and closed with everything else that was opened.
 * Where nothing is chosen, memory stands in for a file that can't be; never for one that is there, which has what was said.
 */
export function openStore(configuration: Configuration, context: StoreContext): OpenedStore {
  const { database } = configuration;
  if (database.driver === 'memory') return openMemory(configuration, 'database.driver is "memory"');
  const path = databasePath(database, context.host);
  const opened = path === undefined ? undefined : openFile(path, configuration);
  if (opened === undefined || (database.driver === undefined && !database.required))
    return withMemory(opened, configuration, context);
  context.lifetimes.add(opened.lifetime);
  return opened;
}

/** @param opened undefined where nothing says where a file could be */
function withMemory(
  opened: OpenedFile | undefined,
  configuration: Configuration,
  { logger, lifetimes }: StoreContext,
): OpenedStore {
  let reason =
    opened === undefined ? 'This user has no home directory: name a file by database.path' : undefined;
  const backends = () =>
    opened === undefined || reason !== undefined
      ? [{ name, state: 'down' as const, reason: `${reason} ${UNTIL_THE_END}`, isRequired: false }]
      : opened.lifetime.backends();
  lifetimes.add({ name, close: () => undefined, ...opened?.lifetime, backends });
  const store = new DeferredStore(async () => {
    reason ??= await opened?.file.open().then(() => undefined, reasonOfPlace(opened.file.path));
    if (opened !== undefined && reason === undefined) return opened.store;
    logger.warn('Conversations and events are kept in memory only', { reason });
    return memoryStore(configuration);
  });
  const forgets = () =>
    reason === undefined ? undefined : inMemory('there is no file for them, status://health says why');
  if (opened === undefined) return { store, forgets };
  const trim = async () => reason === undefined && (await opened.file.trim());
  return { store, forgets, file: { ...opened.file, trim } };
}

/** A store that is this process's, until it ends. @param why it is, as a fact */
export function openMemory(configuration: Configuration, why: string): Required<Omit<OpenedStore, 'file'>> {
  return { store: memoryStore(configuration), forgets: () => inMemory(why) };
}

const inMemory = (why: string) => `this server has the last ones in memory only, until it ends (${why})`;

const UNTIL_THE_END = '(until it ends, this process keeps conversations and events in memory)';

/** Gives the reason why there can be no file, now or later. Throws every other failure again. */
const reasonOfPlace = (path: string) => async (failure: unknown) => {
  const { isUnusablePlace } = await import('../infrastructure/persistence/sqlite/store-failure.ts');
  if (isUnusablePlace(failure) && !isFile(path)) return failure.message;
  throw failure;
};

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false; // not there, or nobody can get there
  }
}

function memoryStore({ claude }: Configuration): Store {
  return new MemoryStore({
    maxAggregates: claude.max_conversations,
    maxCharacters: MAX_CHARACTERS,
    maxEvents: MAX_EVENTS,
  });
}

/**
 * The store in a file, whatever the configuration chooses: loaded and opened at its first use, closed by `lifetime`. It counts as up
 * until then.
 */
export function openFile(path: string, { database: settings, audit }: Configuration): OpenedFile {
  const listeners = new Set<() => void>();
  let database: SqliteDatabase | undefined;
  const load = lazily(async () => {
    const module = await import('../infrastructure/persistence/sqlite/sqlite-database.ts');
    const { synchronous } = settings;
    database = new module.SqliteDatabase({ path, synchronous });
    database.onStateChange(() => {
      for (const listener of listeners) listener();
    });
    return database;
  });
  const limits = {
    maxAgeMs: audit.keep_days * MS_PER_DAY,
    maxEvents: audit.keep_events,
    maxBytes: audit.keep_bytes,
  };
  return {
    store: new DeferredStore(async () => {
      const { SqliteStore } = await import('../infrastructure/persistence/sqlite/sqlite-store.ts');
      return new SqliteStore(await load());
    }),
    file: {
      path,
      open: async () => await (await load()).read(() => undefined),
      purge: async () => await (await load()).truncateLog(),
      trim: async () => {
        const { trimEvents } = await import('../infrastructure/persistence/sqlite/event-retention.ts');
        return (await trimEvents(await load(), limits, Date.now())).hasMore;
      },
    },
    lifetime: {
      name,
      backends: () => [
        {
          name,
          state: 'up',
          ...database?.health(),
          ...(database?.reason !== undefined && { reason: database.reason }),
          isRequired: settings.required,
        },
      ],
      onStateChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: async () => await database?.close(),
    },
  };
}
