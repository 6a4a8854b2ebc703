import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkServer } from '../network-server.ts';
import { serverCommand } from '../server-process.ts';
import { HttpRecorder } from './http-recorder.ts';
import { pathOfPrograms } from './install-client.ts';
import type { ScriptedCall } from './model/turns.ts';
import { endProgram, outputOf, type Program, startProgram } from './run-program.ts';
import { endRecorded, readRecord, recorded } from './stdio-record.ts';

export type Transport = 'stdio' | 'http' | 'sse';

/** The way in which a client reaches its server: a command that it starts, or an address. */
export interface ServerAddress {
  readonly transport: Transport;
  readonly command: string;
  readonly args: readonly string[];
  /** Empty for stdio. */
  readonly url: string;
}

/** A program of a client; the pinned Node.js where no command is named. */
export type ClientProgram = Pick<Program, 'args' | 'input'> &
  Partial<Pick<Program, 'command' | 'env' | 'cwd'>>;

/** The surroundings of one client: a home, a folder with files, and a server for the folder. */
export interface Scene {
  /** The home of the client, empty at first. */
  readonly home: string;
  /** The folder that the server's tools work in. */
  readonly folder: string;
  readonly server: ServerAddress;
  /** The calls that every client makes, each with words of its result that nobody but the server has. */
  readonly calls: readonly (ScriptedCall & { readonly answer: string })[];
  /** Starts a program of the client in the folder. Of the machine's variables it has only the path; its home is the scene's. */
  start(program: ClientProgram): ChildProcessWithoutNullStreams;
  /** Starts a program likewise, waits for its end and returns its output. */
  run(program: ClientProgram): Promise<string>;
  /** Ends the server and returns the revision that the client called tools in. */
  finish(): Promise<string | undefined>;
  /** Ends the server in any case and clears everything away. */
  clear(): Promise<void>;
}

/** Makes the surroundings of a client. A server of the network is started; the client itself starts one of stdio. */
export async function createScene(transport: Transport, options: { allow?: boolean } = {}): Promise<Scene> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-client-')));
  const [home, folder] = [join(base, 'home'), join(base, 'folder')];
  for (const made of [home, folder]) mkdirSync(made);
  const calls = writeFiles(folder);
  const allowed = options.allow === false ? [] : ['--allow', folder];
  const children: ChildProcessWithoutNullStreams[] = [];
  const start: Scene['start'] = ({ command = process.execPath, env = {}, ...program }) => {
    const own = { PATH: pathOfPrograms, HOME: home, ...env };
    const child = startProgram({ command, cwd: folder, env: own, ...program });
    children.push(child);
    return child;
  };
  const run: Scene['run'] = (program) => outputOf(start(program));
  const reached =
    transport === 'stdio'
      ? reachedByPipes(base, allowed)
      : await reachedByNetwork(transport, { folder, home, allowed });
  const clear = async () => {
    await reached.end();
    for (const child of children) endProgram(child);
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  };
  return { home, folder, calls, start, run, clear, ...reached };
}

/** A server, and what a scene does with it when it is over. */
interface Reached extends Pick<Scene, 'server' | 'finish'> {
  end(): Promise<void>;
}

function reachedByPipes(base: string, allowed: readonly string[]): Reached {
  const { command, args } = serverCommand('binary');
  const record = join(base, 'record');
  const started = recorded(record, command, [...args, 'serve', ...allowed]);
  return {
    server: { transport: 'stdio', url: '', ...started },
    finish: () => readRecord(record),
    end: async () => endRecorded(record),
  };
}

async function reachedByNetwork(
  transport: 'http' | 'sse',
  { folder, home, allowed }: { folder: string; home: string; allowed: readonly string[] },
): Promise<Reached> {
  const env = { HOME: home, TELEMETRYFLOW_MCP_SECURITY_COMMANDS_POLICY: 'allow' };
  const server = await NetworkServer.start({ kind: 'binary', cwd: folder, args: allowed, env });
  const recorder = await HttpRecorder.start(server.port);
  const url = recorder.url(transport === 'sse' ? '/sse' : '/mcp');
  return {
    server: { transport, url, command: '', args: [] },
    async finish() {
      await server.stop();
      return recorder.revision;
    },
    async end() {
      server.process.kill();
      await recorder.close();
    },
  };
}

function writeFiles(folder: string): Scene['calls'] {
  const [read, printed, echoed] = [randomUUID(), randomUUID(), randomUUID()];
  writeFileSync(join(folder, 'read.txt'), read);
  writeFileSync(join(folder, 'printed.txt'), printed);
  return [
    { tool: 'read_file', args: { path: 'read.txt' }, answer: read },
    { tool: 'echo', args: { message: echoed }, answer: `Echo: ${echoed}` },
    { tool: 'execute_command', args: { argv: ['cat', 'printed.txt'] }, answer: printed },
  ];
}
