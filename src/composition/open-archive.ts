import { resolve } from 'node:path';
import { deleteConversation } from '../application/commands/delete-conversation.ts';
import { createEventStamps, type NextStamp } from '../application/event-stamps.ts';
import { databaseRestored } from '../application/events/database-restored.ts';
import type { ConfigurationRequest } from '../application/ports/configuration-source.ts';
import { localUser } from '../application/request-context.ts';
import { DomainError } from '../domain/shared/domain-error.ts';
import type { DomainEvent } from '../domain/shared/domain-event.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import { loadConfiguration } from '../infrastructure/config/load-configuration.ts';
import { databasePath } from '../infrastructure/config/sources/state-folder.ts';
import { UuidV7Generator } from '../infrastructure/identity/uuid-v7-generator.ts';
import { StoredConversations } from '../infrastructure/persistence/stored-conversations.ts';
import { SystemClock } from '../infrastructure/system/system-clock.ts';
import type { Archive, DatabaseFile, Unprepared } from '../presentation/cli/services.ts';
import { openFile } from './open-store.ts';

/** Everything that is kept where the configuration says. @throws DomainError `database.not-configured` */
export async function openArchive(
  request: ConfigurationRequest,
  host: ConfigurationHost,
): Promise<Archive | Unprepared> {
  const { configuration, notices, problems, isMistyped } = await loadConfiguration(request, host);
  if (configuration === undefined) return { notices, problems, isMistyped };
  if (configuration.database.driver === 'memory') throw notConfigured();
  const path = databasePath(configuration.database, host);
  if (path === undefined) throw noPlace();
  const { store, file, lifetime } = openFile(path, configuration);
  const conversations = new StoredConversations(store);
  const nextStamp = createEventStamps(new SystemClock(), new UuidV7Generator());
  const remove = deleteConversation({ conversations, nextStamp });
  return {
    keepsConversations: configuration.database.keep_conversations,
    conversations,
    deleteConversation: (conversationId) => remove({ conversationId }, { principal: localUser }),
    events: (...which) => store.events(...which),
    purge: file.purge,
    copiesWith: async (id) =>
      (await import('../infrastructure/persistence/sqlite/find-copies.ts')).findCopies(path, id),
    database: databaseFile(path, { host, nextStamp, open: file.open }),
    close: async () => await lifetime.close(),
  };
}

interface FileContext {
  readonly host: ConfigurationHost;
  readonly nextStamp: NextStamp;
  /** Opens the database, which makes it and brings it up to date. */
  open(): Promise<void>;
}

function databaseFile(path: string, { host, nextStamp, open }: FileContext): DatabaseFile {
  const absolute = (file: string) => resolve(host.workingDirectory, file);
  return {
    path,
    status: async () =>
      (await import('../infrastructure/persistence/sqlite/inspect-database.ts')).schemaStatus(path),
    migrate: open,
    backUp: async (file) => {
      const { backUp } = await import('../infrastructure/persistence/sqlite/copy-database.ts');
      await backUp({ from: path, to: absolute(file) });
    },
    restore: async (file) => {
      const { restoreWithEvent } = await import('../infrastructure/persistence/sqlite/restore-with-event.ts');
      const event = databaseRestored(localUser, nextStamp());
      await restoreWithEvent({ from: absolute(file), to: path }, event as unknown as DomainEvent);
    },
  };
}

const notConfigured = () =>
  new DomainError(
    'database.not-configured',
    'invalid',
    'There is no database, since database.driver is "memory": set it to "sqlite" to keep conversations and events',
  );

const noPlace = () =>
  new DomainError(
    'database.not-configured',
    'invalid',
    'There is no database, since this user has no home directory: name its file by database.path',
  );
