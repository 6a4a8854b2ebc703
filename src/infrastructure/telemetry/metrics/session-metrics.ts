import type { Application } from '../../../application/application.ts';
import type { Metrics } from '../../../application/ports/telemetry.ts';

/** Measures sessions from their opening to their end. */
export function measureSessions(
  { events, queries }: Pick<Application, 'events' | 'queries'>,
  { sessions, sessionEvents }: Metrics,
  transport: string,
): void {
  const open = new Map<string, { readonly started: number; version?: string }>();
  events.on('SessionCreated', ({ payload: { sessionId } }) => {
    const session: { readonly started: number; version?: string } = { started: performance.now() };
    open.set(sessionId, session);
    sessionEvents?.record(1, 'created');
    void queries.getSession({ sessionId }).then((found) => {
      if (found !== undefined) session.version = found.protocolVersion;
    });
  });
  events.on('SessionClosed', ({ payload: { sessionId } }) => {
    const session = open.get(sessionId);
    open.delete(sessionId);
    sessionEvents?.record(1, 'closed');
    if (session === undefined) return;
    sessions.record((performance.now() - session.started) / 1000, session.version, transport);
  });
}
