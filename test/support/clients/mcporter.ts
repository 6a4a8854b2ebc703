import type { Frame } from '../server-process.ts';
import type { RealClient, Trial } from './real-client.ts';

const drive: Trial['drive'] = async ({ server, calls, run }, { file }) => {
  const { transport, command, args, url } = server;
  const target =
    transport === 'stdio'
      ? ['--stdio', command, ...args.flatMap((arg) => ['--stdio-arg', arg])]
      : ['--http-url', url, '--allow-http'];
  const mcporter = (verb: string, ...more: string[]) =>
    run({ args: [file('mcporter/dist/cli.js'), verb, ...target, '--name', 'tfo', ...more] });
  const { tools } = JSON.parse(await mcporter('list', '--json'));
  const said: string[] = [];
  for (const call of calls)
    said.push(
      await mcporter('call', '--tool', call.tool, '--args', JSON.stringify(call.args), '--output', 'raw'),
    );
  return { tools: tools.map(({ name }: Frame) => name), said: said.join('\n') };
};

/** A client for the command line: each call starts it anew. */
export const mcporter: RealClient = {
  name: 'mcporter',
  trials: [
    { transport: 'stdio', revision: '2025-11-25', drive },
    { transport: 'http', revision: '2025-11-25', drive },
  ],
};
