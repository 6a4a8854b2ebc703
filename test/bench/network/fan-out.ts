import { join } from 'node:path';
import { root, runtime } from '../paths.ts';
import { HttpConnection } from './http-connection.ts';
import { listen } from './memory.ts';
import { modernPost } from './messages.ts';
import { startProbe } from './probe.ts';
import { onServer } from './servers.ts';

const STREAMS = 2000;

const network = {
  transports: ['http'],
  host: '127.0.0.1',
  port: 0,
  allowed: { hosts: ['localhost'], origins: [] },
  maxSessions: 1000,
  sessionTimeout: 1800,
};

export interface FanOut {
  /** From the change to the last stream that was told of it. */
  readonly allToldMs: number;
  /** The longest that a request waited meanwhile. */
  readonly longestWaitMs: number;
}

/** One change of the list of tools, with 2,000 streams that listen. The product's tools don't change: the fixture's do. */
export const fanOut = (): Promise<FanOut> =>
  onServer(
    [runtime, join(root, 'dist/test/fixture-server.cjs')],
    async ({ port }) => {
      let told = 0;
      const all = Promise.withResolvers<void>();
      const note = (text: string) => {
        if (text.includes('tools/list_changed') && ++told === STREAMS) all.resolve();
      };
      for (let id = 1; id <= STREAMS; id++) await (await HttpConnection.open(port)).stream(listen(id), note);
      const changer = await HttpConnection.open(port);
      const probe = await startProbe(port);
      const begun = performance.now();
      await changer.request(addTool);
      await all.promise;
      return { allToldMs: performance.now() - begun, longestWaitMs: await probe.longestWait() };
    },
    { FIXTURE: JSON.stringify({ network }) },
  );

const addTool = modernPost(1, 'tools/call', { name: 'add_tool', arguments: { name: 'added' } }, 'add_tool');
