import * as v from 'valibot';
import { isBatchFile } from '../../../domain/policy/commands/windows-command.ts';
import { isLoopback } from '../../../domain/policy/loopback.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import { findSetting } from '../schema/settings.ts';
import { readAllowedProgram } from '../schema/values/allowed-program.ts';
import { expandPath, pathsOf } from '../sources/configuration-paths.ts';
import type { GivenSetting } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';
import { doubtfulTelemetry } from './check-telemetry.ts';

/** Warnings about settings that may not work, or not as they were meant; a sentence each. */
export function doubtfulSettings(effective: GivenSettings, host: ConfigurationHost): readonly string[] {
  const directories = effective.get('security.allowed_directories');
  const base =
    directories?.place.file === undefined ? undefined : pathsOf(host).dirname(directories.place.file);
  return [
    ...doubts(directories, (path) => doubtOfDirectory(path, host, base)),
    ...doubts(effective.get('security.commands.allowlist'), (entry) => doubtOfProgram(entry, host)),
    ...doubts(effective.get('security.trusted_proxies'), doubtOfRange),
    ...unusedAllowlist(effective),
    ...unusedBeside(effective),
    ...limitsBeyondOthers(effective),
    ...wrongBase(effective),
    ...wrongPublicUrl(effective),
    ...unknownPublicUrl(effective),
    ...unknownName(effective),
    ...doubtfulTelemetry(effective, host),
  ];
}

/** A doubtful entry of a list, and what is wrong with it. */
type Doubt = readonly [subject: string, fault: string];

function doubts(
  given: GivenSetting | undefined,
  doubtOf: (entry: string) => Doubt | undefined,
): readonly string[] {
  if (given === undefined || !Array.isArray(given.value)) return [];
  const entries: string[] = given.value.filter((entry) => typeof entry === 'string');
  return entries
    .map(doubtOf)
    .filter((doubt) => doubt !== undefined)
    .map(([subject, fault]) => `${subject} (${given.setting.key}, ${given.place.where}) ${fault}`);
}

function doubtOfDirectory(path: string, host: ConfigurationHost, base?: string): Doubt | undefined {
  const kind = host.look(path)?.kind;
  if (path === '' || kind === 'directory') return undefined;
  const subject = `Directory "${path}"`;
  if (kind !== undefined) return [subject, 'is not a directory: give the one that it is in'];
  const several = directoriesIn(path, host, base);
  if (several.length < 2)
    return [
      subject,
      EXPECTS_EXPANSION.test(path)
        ? 'is not there. Variables and patterns are not replaced: write the path out'
        : 'is not there: make it and start the server again, or give another',
    ];
  const list = several.map((directory) => `"${directory}"`).join(', ');
  return [
    subject,
    `is not there. Give each directory as an entry of the list, or by an --allow of its own: ${list}`,
  ];
}

/** Variables of shells, Windows and templates, patterns, and URLs. */
const EXPECTS_EXPANSION = /\$\w|%\w+%|\{\{|[*?]|^[a-z][a-z+]+:\/\//i;

/** The directories that a text with several of them names, as `PATH` has them; none where one of its parts is something else. */
function directoriesIn(text: string, host: ConfigurationHost, base?: string): readonly string[] {
  const separators = host.platform === 'win32' ? [';', ',', ' '] : [':', ';', ',', ' '];
  const lists = separators.map((separator) =>
    text
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => expandPath(host, part, base)),
  );
  const isDirectory = (path: string) => host.look(path)?.kind === 'directory';
  return lists.find((parts) => parts.length > 1 && parts.every(isDirectory)) ?? [];
}

function doubtOfProgram(entry: string, { exists, platform }: ConfigurationHost): Doubt | undefined {
  const { path } = readAllowedProgram(entry);
  if (platform === 'win32' && isBatchFile(path))
    return [
      `Program "${path}"`,
      'is a batch file. Only the shell runs those, and it runs nothing of the list: name the program that it starts, ' +
        'and its script, as in "C:\\Program Files\\nodejs\\node.exe" C:\\tools\\cli.js',
    ];
  return path === '' || exists(path) ? undefined : [`Program "${path}"`, 'is not there: give its whole path'];
}

function doubtOfRange(range: string): Doubt | undefined {
  if (!/\/0+$/.test(range.trim())) return undefined;
  return [
    `Range "${range}"`,
    'has every address in it: each client could give itself any of them. Name your proxies alone',
  ];
}

function unusedAllowlist(effective: GivenSettings): readonly string[] {
  const list = effective.get('security.commands.allowlist');
  const policy = effective.get('security.commands.policy');
  if (list === undefined || policy === undefined || policy.value === 'allowlist') return [];
  return [
    `Setting "security.commands.allowlist" (${list.place.where}) has no effect, since security.commands.policy is "${policy.value}"`,
  ];
}

/** Settings that do nothing beside another's value, but for the value that asks for nothing. */
const UNUSED = [
  ['audit.record_arguments', 'none', 'audit.enabled', false],
  ['audit.record_arguments', 'none', 'database.driver', 'memory'],
  ['database.required', false, 'database.driver', 'memory'],
] as const;

function unusedBeside(effective: GivenSettings): readonly string[] {
  const found = new Map<string, string>();
  for (const [key, idle, other, value] of UNUSED) {
    const given = effective.get(key);
    if (given === undefined || given.value === idle || found.has(key)) continue;
    if (effectiveValue(effective, other) !== value) continue;
    const since = `since ${other} is ${JSON.stringify(value)}`;
    found.set(key, `Setting "${key}" (${given.place.where}) has no effect, ${since}`);
  }
  return [...found.values()];
}

/** Limits, each with the one that holds where it is the smaller. */
const BOUNDS = [
  ['tools.command_timeout', 'tools.max_command_timeout'],
  ['server.max_message_size', 'mcp.max_message_size'],
  ['telemetry.batch_max_size', 'telemetry.max_queue_size'],
] as const;

function limitsBeyondOthers(effective: GivenSettings): readonly string[] {
  return BOUNDS.flatMap(([key, bound]) => {
    const given = effective.get(key);
    const [value, most] = [effectiveValue(effective, key), effectiveValue(effective, bound)];
    if (given === undefined || typeof value !== 'number' || typeof most !== 'number' || value <= most)
      return [];
    return [
      `Setting "${key}" (${given.place.where}) is more than ${bound} (${most}), which holds: lower the one or raise the other`,
    ];
  });
}

/** The value that holds, as the schema reads it: a duration can be a text. Undefined for one that can't be. */
function effectiveValue(effective: GivenSettings, key: string): unknown {
  const given = effective.get(key);
  if (given === undefined) return findSetting(key)?.defaultValue;
  const { success, output } = v.safeParse(given.setting.schema, given.value);
  return success ? output : undefined;
}

/** The part of a path that every request to the API brings with it. */
const API_PATH = /(?:\/v1)?(?:\/messages)?\/*$/i;

function wrongBase(effective: GivenSettings): readonly string[] {
  const given = effective.get('claude.base_url');
  if (given === undefined || typeof given.value !== 'string') return [];
  const pathname = URL.parse(given.value.trim())?.pathname ?? '';
  const end = (API_PATH.exec(pathname)?.[0] ?? '').replace(/\/+$/, '');
  if (end === '') return [];
  return [
    `Setting "claude.base_url" (${given.place.where}) ends in "${end}". Requests add "/v1/messages" to it: leave "${end}" out`,
  ];
}

function wrongPublicUrl(effective: GivenSettings): readonly string[] {
  const given = effective.get('server.public_url');
  const pathname = typeof given?.value === 'string' ? (URL.parse(given.value.trim())?.pathname ?? '') : '';
  const [end] = /\/(?:mcp|sse|ws)(?=\/*$)/.exec(pathname) ?? [];
  if (given === undefined || end === undefined) return [];
  return [
    `Setting "server.public_url" (${given.place.where}) ends in "${end}", which clients add to it: leave "${end}" out`,
  ];
}

/** Listening on every address, the server knows none of the names that clients on other machines call it by. */
function unknownName(effective: GivenSettings): readonly string[] {
  const host = effective.get('server.host');
  if (host === undefined || !/^\[?(?:0\.0\.0\.0|::)\]?$/.test(String(host.value))) return [];
  const transport = effective.get('server.transport')?.value ?? 'stdio';
  if (transport === 'stdio' || effective.has('security.allowed_hosts') || effective.has('server.public_url'))
    return [];
  return [
    `Setting "server.host" (${host.place.where}) is every address of this machine. Clients that call it by another name than ` +
      '"localhost" are refused: set security.allowed_hosts to the names and addresses that they use, or server.public_url',
  ];
}

/** Told by tokens where to get more, clients are sent to a URL of this server that nobody behind a proxy knows. */
function unknownPublicUrl(effective: GivenSettings): readonly string[] {
  const hosts = effective.get('security.allowed_hosts');
  if (!effective.has('security.jwt.issuer') || effective.has('server.public_url')) return [];
  if (hosts === undefined || !Array.isArray(hosts.value)) return [];
  const other = hosts.value.find(
    (host) => typeof host === 'string' && !isLoopback(host.trim().replace(/:\d+$/, '')),
  );
  if (other === undefined) return [];
  return [
    `Clients that come by a name of security.allowed_hosts (${hosts.place.where}) are told to get tokens for "http://" and that name. ` +
      'If they use another URL, set server.public_url to it',
  ];
}
