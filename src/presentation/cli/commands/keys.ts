import type { ApiKey, KeyRing } from '../../../application/ports/key-store.ts';
import { EVERY_SCOPE, type Grant, grants, isGrant } from '../../../domain/policy/scope.ts';
import type { KeysInvocation } from '../command-line/invocation.ts';
import { suggestion, UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { printJson } from '../terminal/json-output.ts';
import type { Terminal } from '../terminal/terminal.ts';

const ACTIONS = ['create', 'list', 'revoke'];
const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60 };

/** Administers the API keys. @throws UsageError, InvalidConfiguration, and DomainError as KeyRing */
export async function keys(
  invocation: KeysInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const run = actionOf(invocation, terminal);
  const ring = await services.keys(invocation.request);
  if ('problems' in ring) throw new InvalidConfiguration(ring);
  await run(ring);
  return exitCodes.done;
}

/** The action, checked before anything is opened. */
function actionOf(invocation: KeysInvocation, terminal: Terminal): (ring: KeyRing) => Promise<void> {
  const { action, id, json } = invocation;
  requireFitting(invocation);
  switch (action) {
    case 'create':
      return creation(invocation, terminal);
    case 'list':
      return async (ring) => {
        const stored = await ring.list();
        if (json) printJson(stored.map(shown), terminal);
        else terminal.print(table(stored, terminal));
      };
    default:
      return async (ring) => {
        await ring.revoke(id ?? '');
        terminal.tell(`Revoked ${id}; running servers refuse it within a second`);
      };
  }
}

function creation({ name, scopes, expires, json }: KeysInvocation, terminal: Terminal) {
  const wanted: readonly Grant[] = scopes.length === 0 ? [EVERY_SCOPE] : [...new Set(scopes.map(grantOf))];
  const lifetime = expires === undefined ? undefined : secondsOf(expires);
  return async (ring: KeyRing) => {
    const { key, stored } = await ring.create({ name, scopes: wanted, lifetime });
    if (json) printJson({ key, ...shown(stored) }, terminal);
    else terminal.print(key);
    const until = stored.expires === undefined ? 'until it is revoked' : `until ${stored.expires}`;
    terminal.tell(`Made ${stored.id}, good for ${stored.scopes.join(', ')} ${until}; it is not shown again`);
  };
}

function requireFitting({ action, id, name, scopes, expires, json }: KeysInvocation): void {
  if (!ACTIONS.includes(action))
    throw usage(
      `Expected one of ${ACTIONS.join(', ')} after "keys", got "${action}"${suggestion(action, ACTIONS)}`,
    );
  if (action === 'revoke' && id === undefined) throw usage('Expected ID after "keys revoke", got nothing');
  if (action !== 'revoke' && id !== undefined)
    throw usage(`Expected nothing after "keys ${action}", got "${id}"`);
  if (action !== 'create' && (name !== undefined || scopes.length > 0 || expires !== undefined))
    throw usage(`Options --name, --scope and --expires go with "keys create", not with "keys ${action}"`);
  if (action === 'revoke' && json) throw usage('Option --json goes with "keys create" and "keys list"');
}

function grantOf(scope: string): Grant {
  if (isGrant(scope)) return scope;
  const all = grants.map((grant) => `"${grant}"`).join(', ');
  throw usage(`Expected "--scope" to be one of ${all}; got "${scope}"${suggestion(scope, grants)}`);
}

function secondsOf(expires: string): number {
  const [, amount, unit = ''] = /^(\d{1,5})([dhm])$/.exec(expires) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw usage(`Expected "--expires" to be a time such as 90d, 12h or 30m, got "${expires}"`);
}

const usage = (message: string) => new UsageError(message, { command: 'keys' });

/** Without the hash: nobody needs it. */
const shown = ({ id, name, scopes, created, expires }: ApiKey) => ({
  id,
  name: name ?? null,
  scopes,
  created,
  expires: expires ?? null,
});

function table(stored: readonly ApiKey[], { paint }: Terminal): string {
  const rows = stored.map(({ id, name = '-', scopes, created, expires = 'never' }) => [
    id,
    created,
    expires,
    scopes.join(','),
    name,
  ]);
  const [heading = '', ...lines] = alignColumns([['ID', 'CREATED', 'EXPIRES', 'SCOPES', 'NAME'], ...rows]);
  return [paint('bold', heading), ...lines].join('\n');
}
