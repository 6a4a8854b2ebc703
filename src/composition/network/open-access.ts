import { setTimeout } from 'node:timers/promises';
import type { Authenticator } from '../../application/ports/authenticator.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { Rate } from '../../application/ports/rate-limiter.ts';
import type { Configuration } from '../../infrastructure/config/schema/configuration-schema.ts';
import type { Admission } from '../../presentation/transport/http/admission/admission.ts';
import { clientAddresses } from '../../presentation/transport/http/admission/client-address.ts';
import { CredentialAdmission } from '../../presentation/transport/http/admission/credential-admission.ts';
import { metadataEndpoints, metadataUrlOf } from '../../presentation/transport/http/plain/metadata.ts';
import { registrationEndpoint } from '../../presentation/transport/http/plain/registration.ts';
import type { Endpoint } from '../../presentation/transport/http/routes.ts';
import type { Lifetimes } from '../lifetimes.ts';

/** The admission of network clients. */
export interface Access {
  readonly admission: Admission;
  /** Endpoints that tell clients how. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

/** Some five refusals a second for a connection: next to nothing to do, and soon enough for an honest client. */
const refusalDelay = () => 100 + 200 * Math.random(); // at random, so that many don't come at once

export interface AccessOptions {
  readonly logger: Logger;
  readonly rate: Rate | undefined;
  readonly lifetimes: Lifetimes;
}

/**
 * Opens what callers are known by; undefined where everybody is admitted, as often as they like.
 * @throws DomainError `keys.unreadable`
 */
export async function openAccess(
  { server, security }: Configuration,
  options: AccessOptions,
): Promise<Access | undefined> {
  const { logger, rate } = options;
  const authenticators: Authenticator[] = [];
  if (security.api_keys_file !== undefined)
    authenticators.push(await openKeys(security.api_keys_file, options));
  const { issuer, audience, jwks_url: jwksUrl } = security.jwt;
  const takesTokens = issuer !== undefined && audience !== undefined && jwksUrl !== undefined;
  if (takesTokens) {
    const { TokenAuthenticator } = await import('../../infrastructure/auth/token-authenticator.ts');
    authenticators.push(new TokenAuthenticator({ issuer, audience, jwksUrl, logger }));
  }
  if (authenticators.length === 0 && rate === undefined) return undefined;
  const metadata = takesTokens ? { issuer, publicUrl: server.public_url } : undefined;
  const registration = registrationEndpoint({
    takesKeys: security.api_keys_file !== undefined,
    issuer: takesTokens ? issuer : undefined,
  });
  return {
    admission: new CredentialAdmission({
      authenticators,
      rate,
      addressOf: clientAddresses(security.trusted_proxies),
      delay: () => setTimeout(refusalDelay()),
      metadataUrl: (request) => metadata && metadataUrlOf(request, metadata),
    }),
    endpoints: new Map([
      ...(metadata ? metadataEndpoints(metadata) : []),
      ...(authenticators.length > 0 ? [['/register', registration] as const] : []),
    ]),
  };
}

async function openKeys(path: string, { logger, lifetimes }: AccessOptions): Promise<Authenticator> {
  const { FileKeyStore } = await import('../../infrastructure/auth/file-key-store.ts');
  const { FileKeyUses } = await import('../../infrastructure/auth/file-key-uses.ts');
  const { KeyAuthenticator } = await import('../../infrastructure/auth/key-authenticator.ts');
  const store = await FileKeyStore.open({ path, logger });
  lifetimes.add({ name: 'API keys', close: () => store.close() });
  // Without any key the file may only be late, or broken.
  const isKnown = (id: string) => store.size === 0 || store.find(id) !== undefined;
  const uses = new FileKeyUses({ keysPath: path, isKnown, logger });
  void uses.open();
  lifetimes.add({ name: 'uses of API keys', close: () => uses.close() });
  return new KeyAuthenticator(store, Date.now, uses);
}
