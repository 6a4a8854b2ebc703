import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, initialize, jsonHeaders } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { runProduct } from '../support/run-product.ts';
import { TokenIssuer } from '../support/token-issuer.ts';
import { until } from '../support/until.ts';

const test = suite('network: revocation');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-network-revocation-'));
const issuer = await TokenIssuer.start();
test.after(() => {
  killProductServers();
  issuer.close();
  rmSync(folder, { recursive: true });
});

const keyFile = join(folder, 'keys.json');
const env = {
  TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: keyFile,
  TELEMETRYFLOW_MCP_SECURITY_COMMANDS_POLICY: 'allow',
  TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_ENABLED: 'false',
  TELEMETRYFLOW_MCP_TOOLS_MAX_CONCURRENT_COMMANDS: '2',
  TELEMETRYFLOW_MCP_SECURITY_JWT_ISSUER: issuer.issuer,
  TELEMETRYFLOW_MCP_SECURITY_JWT_AUDIENCE: issuer.audience,
  TELEMETRYFLOW_MCP_SECURITY_JWT_JWKS_URL: issuer.jwksUrl,
};

type Headers = Readonly<Record<string, string>>;
const bearer = (credential: string): Headers => ({ Authorization: `Bearer ${credential}` });

function createKey(): string {
  const { code, stdout, stderr } = runProduct(['keys', 'create', '--name', 'test', '--scope', '*'], env);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

const othersKey = bearer(createKey());
const server = await startProduct({ env, args: ['--allow', folder] });
const client = new HttpClient(server.port);

/** A session with this credential: asks with it, or with another. */
async function openSession(own: Headers) {
  const headers = { ...jsonHeaders, ...own };
  const isKnown = async () => (await client.modern('tools/list', {}, { headers: own })).status === 200;
  await until(isKnown); // the key is new
  const opened = await client.ask({ headers, body: initialize() });
  const session = { ...jsonHeaders, 'Mcp-Session-Id': String(opened.headers['mcp-session-id']) };
  const ask = (id: number, method: string, params: object, credential = own) =>
    client.ask({ headers: { ...session, ...credential }, body: { jsonrpc: '2.0', id, method, params } });
  const run = (id: number, command: string, credential = own) =>
    ask(id, 'tools/call', { name: 'execute_command', arguments: { command } }, credential);
  return { ask, run };
}

const others = await openSession(othersKey);

/** As many as run at once, and some that wait for them. */
const AT_ONCE = 2;
const COMMANDS = 6;

interface Credential {
  readonly own: Headers;
  /** Ends it, or waits for its end. */
  readonly end: () => void;
  /** The same principal's, when that has ended. */
  readonly renew: () => Promise<Headers>;
  /** The answer to whoever comes back with the renewed one and the id of before. */
  readonly status: number;
}

const credentials: Readonly<Record<string, () => Promise<Credential>>> = {
  'a key that is revoked': async () => {
    const key = createKey();
    const before = readFileSync(keyFile, 'utf8');
    return {
      own: bearer(key),
      end: () => assert.is(runProduct(['keys', 'revoke', key.slice(4, 20)], env).code, 0),
      renew: async () => {
        writeFileSync(keyFile, before);
        return bearer(key);
      },
      status: 404,
    };
  },
  'a token that runs out': async () => {
    const exp = Math.floor(Date.now() / 1000) - 26; // some seconds more, with what clocks may differ
    return {
      own: bearer(await issuer.token({ exp, scope: '*' })),
      end: () => undefined,
      renew: async () => bearer(await issuer.token({ scope: '*' })),
      status: 200,
    };
  },
};

for (const [what, make] of Object.entries(credentials)) {
  test(`a session with ${what} begins no command any more, and those that run are ended`, async () => {
    const { own, end, renew, status } = await make();
    const { ask, run } = await openSession(own);
    const log = join(folder, `${what}.log`);
    const begun = () => (existsSync(log) ? readFileSync(log, 'utf8').length : 0);
    const command = `printf x >> '${log}'; sleep 10`;
    const calls = Array.from({ length: COMMANDS }, (_, id) => run(id, command).catch(() => undefined));
    await until(() => begun() === AT_ONCE);
    end();
    for (const call of calls) await (await call)?.ended;
    const mine = join(folder, `${what}.mine`);
    const answered = others.run(1, `touch '${mine}'`);
    await until(() => existsSync(mine)); // there is a place again
    await (await answered).ended;
    assert.is(begun(), AT_ONCE);
    const renewed = await renew();
    await until(async () => (await ask(99, 'ping', {}, renewed)).status === status);
    assert.is((await others.ask(2, 'ping', {})).status, 200);
  });
}

test('a session goes on with a command while newer tokens of its principal follow', async () => {
  const exp = Math.floor(Date.now() / 1000) - 28;
  const { ask, run } = await openSession(bearer(await issuer.token({ exp, scope: '*', sub: 'bob' })));
  const newer = bearer(await issuer.token({ scope: '*', sub: 'bob' }));
  const log = join(folder, 'newer.log');
  const broken = run(1, `sleep 5; printf x >> '${log}'`).catch(() => undefined);
  assert.is((await ask(2, 'ping', {}, newer)).status, 200);
  await (await broken)?.ended; // the response of the older token
  await until(() => existsSync(log));
});

test('the server ends well', async () => {
  server.process.child.kill('SIGTERM');
  assert.is((await server.process.exit()).code, 0);
});

test.run();
