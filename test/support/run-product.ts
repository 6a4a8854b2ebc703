import { spawnSync } from 'node:child_process';
import { withOwnState } from './own-state.ts';
import { type ServerKind, serverCommand } from './server-process.ts';

/** Runs a command of the product that ends by itself. */
export function runProduct(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  kind: ServerKind = 'bundle',
) {
  const { command, args } = serverCommand(kind);
  const { status, stdout, stderr } = spawnSync(command, [...args, ...argv], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...withOwnState(env) },
    timeout: 20_000,
  });
  return { code: status, stdout, stderr };
}
