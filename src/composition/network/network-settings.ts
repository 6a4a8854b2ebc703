import type { Clock } from '../../application/ports/clock.ts';
import type { Rate } from '../../application/ports/rate-limiter.ts';
import { isLoopback } from '../../domain/policy/loopback.ts';
import { authenticates } from '../../infrastructure/config/checks/authenticates.ts';
import type { Configuration } from '../../infrastructure/config/schema/configuration-schema.ts';
import { authorityOf, isUnspecified } from './authority.ts';
import type { NetworkSettings } from './open-network.ts';

const PER_MINUTE = 600;

/** Settings for network clients; undefined if the one on stdio is served. */
export function networkSettings({ server, security }: Configuration): NetworkSettings | undefined {
  const { transport, host, port, public_url: publicUrl } = server;
  if (transport === 'stdio') return undefined;
  const hosts = [
    ...security.allowed_hosts,
    ...(isUnspecified(host) ? [] : [authorityOf(host)]),
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname]),
  ];
  return {
    transports: transport,
    host,
    port,
    ...(publicUrl !== undefined && { publicUrl }),
    allowed: { hosts, origins: security.allowed_origins },
    trustedProxies: security.trusted_proxies,
    maxSessions: server.max_sessions,
    sessionTimeout: server.session_timeout,
    streamTimeout: server.stream_timeout,
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
  const isExposed =
    authenticates(security) || !isLoopback(server.host) || security.trusted_proxies.length > 0;
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

/** Says how clients authenticate, for whoever starts the server. */
export function describeAuthentication({ server, security }: Configuration): string {
  const { api_keys_file: keys, jwt } = security;
  const ways = [
    ...(keys === undefined ? [] : [`API keys of "${keys}"`]),
    ...(jwt.issuer === undefined ? [] : [`tokens of ${jwt.issuer}`]),
  ];
  if (ways.length > 0) return ways.join(', ');
  return `off, so that ${isLoopback(server.host) ? 'every program of this machine' : 'everybody who reaches it'} is let in`;
}
