import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lazily } from '../../src/domain/shared/lazily.ts';

type Environment = Readonly<Record<string, string>>;

const folder = lazily(() => {
  const made = mkdtempSync(join(tmpdir(), 'tfo-mcp-state-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true, maxRetries: 3 }));
  return made;
});

/** The environment of a server that a test starts: what it keeps is in a folder of this process, unless a home is given. */
export function withOwnState(env: Environment): Environment {
  if (env['HOME'] !== undefined || env['USERPROFILE'] !== undefined) return env;
  return { XDG_STATE_HOME: folder(), LOCALAPPDATA: folder(), ...env };
}
