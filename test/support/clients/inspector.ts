import type { Frame } from '../server-process.ts';
import type { RealClient, Trial } from './real-client.ts';

const drive =
  (era: 'legacy' | 'modern'): Trial['drive'] =>
  async ({ server, calls, run }, { file }) => {
    const { transport, command, args, url } = server;
    const inspect = async (...more: string[]): Promise<Frame> => {
      const options = ['--format', 'json', '--protocol-era', era, '--method', ...more];
      const target =
        transport === 'stdio'
          ? [...options, '--', command, ...args]
          : [url, '--transport', transport, ...options];
      return JSON.parse(await run({ args: [file('.bin/mcp-inspector'), '--cli', ...target] })).result;
    };
    const { tools } = await inspect('tools/list', '--strict');
    const said: string[] = [];
    for (const call of calls) {
      const given = Object.entries(call.args).map(
        ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      );
      const options = given.flatMap((arg) => ['--tool-arg', arg]);
      said.push(JSON.stringify(await inspect('tools/call', '--tool-name', call.tool, ...options)));
    }
    return { tools: tools.map(({ name }: Frame) => name), said: said.join('\n') };
  };

/**
 * The official tool for looking at servers; each call starts it anew. On stdio its server is told no folder: in the legacy era it
 * says that it has roots, and then names none.
 */
export const inspector: RealClient = {
  name: 'inspector',
  trials: [
    { transport: 'stdio', revision: '2025-11-25', allow: false, drive: drive('legacy') },
    { transport: 'stdio', revision: '2026-07-28', allow: false, drive: drive('modern') },
    { transport: 'http', revision: '2025-11-25', drive: drive('legacy') },
    { transport: 'http', revision: '2026-07-28', drive: drive('modern') },
    { transport: 'sse', revision: '2025-11-25', drive: drive('legacy') },
  ],
};
