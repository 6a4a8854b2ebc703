import type { Clock } from '../../application/ports/clock.ts';
import type { Rate } from '../../application/ports/rate-limiter.ts';
import { isLoopback } from '../../domain/policy/loopback.ts';
import { authenticates } from '../../infrastructure/config/checks/authenticates.ts';
import type { Configuration } from '../../infrastructure/config/schema/configuration-schema.ts';
import type { NetworkSettings } from './open-network.ts';

const PER_MINUTE = 600;

/** Settings for network clients; undefined if the one on stdio is served. */
export function networkSettings({ server, security }: Configuration): NetworkSettings | undefined {
  const { transport, host, port } = server;
  if (transport === 'stdio') return undefined;
  const hosts = [...security.allowed_hosts, ...(isUnspecified(host) ? [] : [authorityOf(host)])];
  return {
    transports: transport,
    host,
    port,
    allowed: { hosts, origins: security.allowed_origins },
    maxSessions: server.max_sessions,
    sessionTimeout: server.session_timeout,
  };
}

/** Bytes of the longest message that is taken: many network clients send at once, and each message is kept whole until it is read. */
export function longestMessage({ server, mcp }: Configuration): number {
  return server.transport === 'stdio'
    ? mcp.max_message_size
    : Math.min(server.max_message_size, mcp.max_message_size);
}

/** The rate that each network client may come at; undefined if it isn't limited. */
export async function requestRate(
  { server, security }: Configuration,
  clock: Clock,
): Promise<Rate | undefined> {
  if (server.transport === 'stdio') return undefined;
  const { rate_limit_enabled, rate_limit_per_minute, rate_limit_burst: burst } = security;
  const isExposed = authenticates(security) || !isLoopback(server.host);
  if (!(rate_limit_enabled ?? (isExposed || rate_limit_per_minute !== undefined))) return undefined;
  const { MemoryRateLimiter } = await import('../../infrastructure/rate-limit/memory-rate-limiter.ts');
  const limit = { perMinute: rate_limit_per_minute ?? PER_MINUTE, burst };
  return { limiter: new MemoryRateLimiter(clock), limit };
}

/** Warnings about the exposure of a server that runs like this, for whoever starts it. */
export function exposureWarnings({ server, security }: Configuration): readonly string[] {
  if (server.transport === 'stdio' || isLoopback(server.host) || authenticates(security)) return [];
  return [
    `Everybody who reaches "${server.host}" over the network uses this server as you: without authentication, ` +
      'in clear text, and nobody can tell who did what (--insecure)',
  ];
}

/** Any address: no name that a client would use. */
function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** As it is written in a URL. */
function authorityOf(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
