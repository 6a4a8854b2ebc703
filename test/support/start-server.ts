import { type ServerKind, type ServerOptions, ServerProcess } from './server-process.ts';

const started: ServerProcess[] = [];

/** Starts a server that `killStartedServers` ends, should its test fail. */
export function startServer(kind: ServerKind, options?: ServerOptions): ServerProcess {
  const server = new ServerProcess(kind, options);
  started.push(server);
  return server;
}

/** For `after` hooks: a server that outlives its test keeps the file from ending. */
export function killStartedServers(): void {
  for (const server of started) server.kill();
}

/** The end of a server that has nothing to complain of. */
export const cleanExit = { code: 0, signal: null };
