import { type Eventual, orElse } from '../../../application/eventual.ts';
import type { ApiKey, CreatedKey, HandOver, KeyRing } from '../../../application/ports/key-store.ts';
import { EVERY_SCOPE, type Grant, grants, isGrant } from '../../../domain/policy/scope.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import type { KeysInvocation } from '../command-line/invocation.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellWarning } from '../failures/messages.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { jsonText, printJson } from '../terminal/json-output.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';

const ACTIONS = ['create', 'list', 'rotate', 'revoke'];
const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60 };

/** Unless told: a key that nobody remembers ends some day. */
const USUAL_EXPIRY = '90d';
const NEVER = 'never';
const LONGEST_NAME = 100;

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
  const { action, id = '' } = invocation;
  requireFitting(invocation);
  switch (action) {
    case 'create':
      return creation(invocation, terminal);
    case 'list':
      return async (ring) => await list(ring, invocation, terminal);
    case 'rotate':
      return rotation(invocation, terminal);
    default:
      return async (ring) => {
        await ring.revoke(id);
        terminal.tell(`Revoked ${id}; running servers refuse it within a second`);
      };
  }
}

function creation({ name, scopes, expires, json }: KeysInvocation, terminal: Terminal) {
  const wanted = {
    name: requireName(name),
    scopes: requireScopes(scopes),
    lifetime: lifetimeOf(expires),
  };
  return async (ring: KeyRing) => {
    const namesake = (await ring.list()).find((key) => key.name === wanted.name);
    await issue((handOver) => ring.create(wanted, handOver), 'Made', { json, terminal });
    if (namesake)
      tellWarning(
        `Another key has this name: ${namesake.id}. If this one takes its place, revoke it`,
        terminal,
      );
  };
}

function rotation({ id = '', expires, json }: KeysInvocation, terminal: Terminal) {
  const lifetime = lifetimeOf(expires);
  return async (ring: KeyRing) => {
    await issue((handOver) => ring.rotate(id, lifetime, handOver), 'Renewed', { json, terminal });
    terminal.tell('The old key is refused within a second; what it owns stays with the new one');
  };
}

/**
 * The key alone goes to stdout, before it is stored: nobody can show it again. What whoever gave it a free hand should know goes to
 * stderr.
 */
async function issue(
  make: (handOver: HandOver) => Eventual<CreatedKey>,
  done: string,
  { json, terminal }: { readonly json: boolean; readonly terminal: Terminal },
): Promise<void> {
  let isPrinted = false;
  const { stored } = await orElse(
    () =>
      make(async (made) => {
        await print(made, json, terminal);
        isPrinted = true;
      }),
    (error) => {
      if (isPrinted) tellWarning('The key that was printed is not valid: it could not be stored', terminal);
      throw error;
    },
  );
  const { id, scopes, expires } = stored;
  const until = expires === undefined ? 'until it is revoked' : `until ${expires}`;
  terminal.tell(`${done} ${id}, good for ${scopes.join(', ')} ${until}; it is not shown again`);
  if (scopes.includes(EVERY_SCOPE))
    tellWarning('Its holder may use everything, commands and what later versions add included', terminal);
  if (expires === undefined)
    tellWarning(
      `It never expires: revoke it when it is no longer needed (tfo-mcp keys revoke ${id})`,
      terminal,
    );
}

async function print({ key, stored }: CreatedKey, json: boolean, terminal: Terminal): Promise<void> {
  const text = json ? jsonText({ key, ...shown(stored) }, 2) : key;
  await terminal.handOver(text).catch(({ message }: Error) => {
    throw new DomainError(
      'keys.not-written',
      'unavailable',
      `Can't write the key to stdout: ${message}; nothing was changed`,
    );
  });
}

function requireFitting({ action, id, name, scopes, expires, json }: KeysInvocation): void {
  if (!ACTIONS.includes(action))
    throw usage(
      `Expected one of ${ACTIONS.join(', ')} after "keys", got "${action}"${suggestionOf(action, ACTIONS)}`,
    );
  const isOfOne = action === 'revoke' || action === 'rotate';
  if (isOfOne && id === undefined) throw usage(`Expected ID after "keys ${action}", got nothing`);
  if (!isOfOne && id !== undefined)
    throw usage(
      `Expected nothing after "keys ${action}", got "${id}"${action === 'create' ? quoteHint(scopes) : ''}`,
    );
  if (action !== 'create' && (name !== undefined || scopes.length > 0))
    throw usage(`Options --name and --scope go with "keys create", not with "keys ${action}"`);
  if (action !== 'create' && action !== 'rotate' && expires !== undefined)
    throw usage(`Option --expires goes with "keys create" and "keys rotate", not with "keys ${action}"`);
  if (action === 'revoke' && json)
    throw usage('Option --json goes with "keys create", "keys rotate" and "keys list"');
}

/** A shell makes file names of a star. */
function quoteHint(scopes: readonly string[]): string {
  return scopes.length > 0 && !scopes.every(isGrant)
    ? `; for every scope, write --scope '*' with the quotes`
    : '';
}

function requireName(name: string | undefined): string {
  const given = name?.trim() ?? '';
  if (given === '') throw usage('Expected "--name" with what the key is for, such as --name ci, got none');
  if (given.length > LONGEST_NAME || /\p{C}/u.test(given))
    throw usage(`Expected "--name" to be one line of at most ${LONGEST_NAME} characters`);
  return given;
}

function requireScopes(scopes: readonly string[]): readonly Grant[] {
  const names = scopes.flatMap((scope) => scope.split(/[\s,]+/)).filter((name) => name !== '');
  if (names.length > 0) return [...new Set(names.map(grantOf))];
  throw usage(
    `Expected "--scope" with what the key lets its holder use, got none: ${grants.join(', ')}; ` +
      'such as --scope tools:read,resources:read',
  );
}

function grantOf(scope: string): Grant {
  if (isGrant(scope)) return scope;
  const all = grants.map((grant) => `"${grant}"`).join(', ');
  const hint = suggestionOf(scope, grants) || quoteHint([scope]);
  throw usage(`Expected "--scope" to be one of ${all}; got "${scope}"${hint}`);
}

/** @returns seconds; undefined for a key without an end */
function lifetimeOf(expires = USUAL_EXPIRY): number | undefined {
  if (expires === NEVER) return undefined;
  const [, amount, unit = ''] = /^(\d{1,5})([dhm])$/.exec(expires) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw usage(`Expected "--expires" to be a time such as 90d, 12h or 30m, or never, got "${expires}"`);
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

async function list(ring: KeyRing, { json }: KeysInvocation, terminal: Terminal): Promise<void> {
  const [stored, uses] = await Promise.all([ring.list(), ring.lastUses()]);
  const lastUse = ({ id }: ApiKey) => (uses === undefined ? 'unknown' : (uses.get(id) ?? NEVER));
  if (json)
    printJson(
      stored.map((key) => ({ ...shown(key), last_used: lastUse(key) })),
      terminal,
    );
  else terminal.print(table(stored, lastUse, terminal));
}

function table(
  stored: readonly ApiKey[],
  lastUse: (key: ApiKey) => string,
  { paint, shown }: Terminal,
): string {
  const rows = stored.map((key) => {
    const { id, name = '-', scopes, created, expires = NEVER } = key;
    return [id, created, expires, lastUse(key), scopes.join(','), showable(name, { shown })];
  });
  const headings = ['ID', 'CREATED', 'EXPIRES', 'LAST USE', 'SCOPES', 'NAME'];
  const [heading = '', ...lines] = alignColumns([headings, ...rows]);
  return [paint('bold', heading), ...lines].join('\n');
}
