import { requireEqual } from './demo-check.ts';
import { type Frame, modernMeta } from './server-process.ts';

/** A message of the client, and what must come back. */
export interface Step {
  readonly method: string;
  readonly params?: object;
  /** The part of the params that is worth seeing. */
  readonly shown?: string;
  /** The code of the error that must come instead of a result. */
  readonly refusedWith?: number;
  /** Sums up the result, or the error; a notification has none, as it gets no answer. @throws Error if it is wrong */
  read?(answer: Frame): string;
}

export interface Act {
  readonly title: string;
  readonly steps: readonly Step[];
}

const LEGACY = '2025-11-25';
const MODERN = '2026-07-28';
const UNKNOWN = '2031-01-01';

/** The conversation of every client up to 2025-11-25. */
const legacy = (platform: string): Act => ({
  title: `Up to ${LEGACY}: a handshake, then a session`,
  steps: [
    {
      method: 'initialize',
      shown: LEGACY,
      params: {
        protocolVersion: LEGACY,
        capabilities: {},
        clientInfo: { name: 'make run', version: '1.0.0' },
      },
      read({ protocolVersion, serverInfo }) {
        requireEqual('the revision', protocolVersion, LEGACY);
        return `${nameOf(serverInfo)}, revision ${protocolVersion}`;
      },
    },
    { method: 'notifications/initialized' },
    { method: 'tools/list', read: ({ tools }) => readTools(tools) },
    echo('Hello'),
    {
      method: 'tools/call',
      shown: 'system_info',
      params: { name: 'system_info' },
      read: (answer) => readSystem(answer, platform),
    },
    { ...echo(42), read: readCorrection },
    {
      method: 'ping',
      read(result) {
        requireEqual('the result', result, {});
        return 'pong';
      },
    },
  ],
});

/** The same without any state. */
const modern: Act = {
  title: `Since ${MODERN}: no handshake, every request says all there is to know`,
  steps: [
    {
      method: 'server/discover',
      params: { _meta: modernMeta() },
      read({ supportedVersions, _meta }) {
        requireEqual('the newest revision', supportedVersions[0], MODERN);
        return `${nameOf(_meta['io.modelcontextprotocol/serverInfo'])}, revisions ${supportedVersions.join(' ')}`;
      },
    },
    {
      method: 'tools/list',
      params: { _meta: modernMeta() },
      read({ resultType, tools, ttlMs }) {
        requireEqual('"resultType"', resultType, 'complete');
        return `${readTools(tools)}; good for ${ttlMs / 60_000} minutes`;
      },
    },
    echo('Hello again', { _meta: modernMeta() }),
    {
      method: 'tools/list',
      shown: `revision ${UNKNOWN}`,
      params: { _meta: modernMeta({ version: UNKNOWN }) },
      refusedWith: -32022,
      read({ code, data }) {
        requireEqual('the revision refused', data.requested, UNKNOWN);
        requireEqual('the newest revision', data.supported[0], MODERN);
        return `refused with ${code}, and told what to choose from`;
      },
    },
  ],
};

/** All that a client asks, of a server that runs on this platform. */
export function actsOn(platform: string): readonly Act[] {
  return [legacy(platform), modern];
}

function echo(message: unknown, more = {}): Step {
  return {
    method: 'tools/call',
    shown: `echo ${JSON.stringify({ message })}`,
    params: { name: 'echo', arguments: { message }, ...more },
    read({ content, isError = false }) {
      requireEqual('the content', content, [{ type: 'text', text: `Echo: ${message}` }]);
      requireEqual('"isError"', isError, false);
      return content[0].text;
    },
  };
}

function readCorrection({ content, isError }: Frame): string {
  requireEqual('"isError"', isError, true);
  return content[0].text;
}

function readTools(tools: Frame[]): string {
  const names: string[] = tools.map(({ name }) => name);
  requireEqual('what is offered first', names[0], 'echo');
  requireEqual('"system_info" being offered', names.includes('system_info'), true);
  return names.join(', ');
}

function readSystem({ structuredContent: facts, content }: Frame, platform: string): string {
  requireEqual('the text', content[0].text, JSON.stringify(facts));
  requireEqual('the platform', facts.platform, platform);
  const { architecture, cpus, memory, runtime } = facts;
  const gibibytes = Math.round(memory.total / 1024 ** 3);
  return `${facts.platform} ${architecture}, ${cpus.count} processors, ${gibibytes} GiB, ${runtime.name} ${runtime.version}`;
}

function nameOf({ title, version }: Frame): string {
  return `${title} ${version}`;
}
