import { memory } from '../process-tree.ts';
import { HttpConnection } from './http-connection.ts';
import { modernPost, openSession } from './messages.ts';
import { type HttpServer, onServer } from './servers.ts';

const WARM_UP = 500;
/** So many that the heap's own growth, megabytes at a time, is a small part of it. */
const MANY = 4000;

/** KiB of the server's own memory for each of many that are opened after the first hundreds, and stay. */
async function growthOf(pid: number, open: () => Promise<unknown>): Promise<number> {
  for (let count = 0; count < WARM_UP; count++) await open();
  const before = memory(pid).anonymous;
  for (let count = 0; count < MANY; count++) await open();
  return ((memory(pid).anonymous - before) * 1024) / MANY;
}

const manySessions = { TELEMETRYFLOW_MCP_SERVER_MAX_SESSIONS: '10000' };

/** KiB for each legacy session that nobody uses. */
export const idleSessionKib = (server: HttpServer): Promise<number> =>
  onServer(
    server.command(),
    async ({ pid, port }) => {
      const connection = await HttpConnection.open(port);
      return await growthOf(pid, () => openSession(connection));
    },
    manySessions,
  );

/** KiB for each open stream of `subscriptions/listen`, its connection included. */
export const listenStreamKib = (server: HttpServer): Promise<number> =>
  onServer(server.command(), async ({ pid, port }) => {
    let id = 0;
    return await growthOf(pid, async () => {
      const connection = await HttpConnection.open(port);
      await connection.stream(listen(++id), () => undefined);
    });
  });

export const listen = (id: number) =>
  modernPost(id, 'subscriptions/listen', { notifications: { toolsListChanged: true } });
