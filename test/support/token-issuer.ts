import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** An authorization server, as far as one who takes its tokens sees it: it signs them, and shows its keys over HTTP. */
export class TokenIssuer {
  readonly issuer = 'https://issuer.example.com';
  readonly audience = 'https://mcp.example.com/mcp';
  /** Times that its keys were asked for. */
  asked = 0;
  /** A status that it answers with instead of its keys. */
  trouble: number | undefined;
  private readonly server: Server;
  private readonly keys: SigningKey[] = [];

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(): Promise<TokenIssuer> {
    const server = createServer();
    const issuer = new TokenIssuer(server);
    server.on('request', (_request, response) => {
      issuer.asked += 1;
      response.writeHead(issuer.trouble ?? 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ keys: issuer.keys.map(({ publicJwk }) => publicJwk) }));
    });
    server.listen(0, '127.0.0.1').unref();
    await once(server, 'listening');
    await issuer.rotate();
    return issuer;
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks`;
  }

  /** Signs with a new key from here on; shows only that one. */
  async rotate(alg = 'ES256'): Promise<void> {
    const kid = `key-${this.keys[0] ? Number(this.keys[0].kid.slice(4)) + 1 : 1}`;
    this.keys.splice(0, 1, await newKey(alg, kid));
  }

  /** Shows one key more, with which it does not sign. */
  async showAnother(): Promise<void> {
    this.keys.push(await newKey('ES256', 'another'));
  }

  /** A token for the audience, good for a minute, unless the claims say otherwise; undefined leaves a claim out. */
  async token(claims: Readonly<Record<string, unknown>> = {}, header: object = {}): Promise<string> {
    const { kid, alg, privateKey } = this.keys[0] as SigningKey;
    const now = Math.floor(Date.now() / 1000);
    const { issuer: iss, audience: aud } = this;
    const all = { iss, aud, sub: 'ada', iat: now, exp: now + 60, scope: 'tools:read', ...claims };
    const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return await new SignJWT(payload).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  }

  /** Any text, signed as a token is. */
  async signed(text: string): Promise<string> {
    const { kid, alg, privateKey } = this.keys[0] as SigningKey;
    const signer = new CompactSign(new TextEncoder().encode(text));
    return await signer.setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(privateKey);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function newKey(alg: string, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg } };
}
