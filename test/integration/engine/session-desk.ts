import { type InMemoryConnection, initializeParams, requestOf } from '../../support/in-memory-connection.ts';

export const echo = (id: string | number, message = 'hi') =>
  requestOf(id, 'tools/call', { name: 'echo', arguments: { message } });

export const initialize = (id: string | number, version = '2025-11-25') =>
  requestOf(id, 'initialize', initializeParams(version));

/** The names of the session events as they come. */
export function listenToSessions({ application }: InMemoryConnection): string[] {
  const told: string[] = [];
  for (const type of ['SessionCreated', 'SessionInitialized', 'SessionClosed'] as const) {
    application.events.on(type, () => told.push(type));
  }
  return told;
}
