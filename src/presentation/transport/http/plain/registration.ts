import type { Endpoint } from '../routes.ts';

export interface RegistrationOptions {
  /** True if API keys are taken. */
  readonly takesKeys: boolean;
  /** Issuer of the tokens that are taken; undefined where none are. */
  readonly issuer: string | undefined;
}

/**
 * Refuses to register OAuth clients (RFC 7591, section 3.2.2), which those try that were turned away: several show their users the
 * description word for word, and nothing else.
 */
export function registrationEndpoint({ takesKeys, issuer }: RegistrationOptions): Endpoint {
  const ways = [
    takesKeys &&
      'send an API key of it as the header "Authorization: Bearer tfk_…" ("tfo-mcp keys create" makes one)',
    issuer !== undefined && `get a token from ${issuer}, where clients are registered`,
  ].filter(Boolean);
  const document = {
    error: 'invalid_client_metadata',
    error_description: `This server registers no clients: ${ways.join(', or ')}`,
  };
  return {
    isAnonymous: true,
    handle: async (exchange) => {
      if (exchange.request.method === 'POST') exchange.json(400, JSON.stringify(document));
      else exchange.refuseMethod('POST');
    },
  };
}
