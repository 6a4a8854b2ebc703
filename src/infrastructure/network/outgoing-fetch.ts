import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import { Readable } from 'node:stream';
import { TunnelAgent, type TunnelOptions } from './tunnel-agent.ts';

/** Named by all that speak HTTP; those in small letters win. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Authorities that are trusted, in the place of all others, and a certificate of our own with its key, each in PEM. */
export interface TlsCredentials {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/**
 * The agents that go through the environment's proxies, but for the hosts in NO_PROXY, with these credentials; undefined where there
 * is neither.
 * @throws Error with the code `ERR_PROXY_INVALID_CONFIG`; its message can hold the proxy's password
 */
function agents(environment: NodeJS.ProcessEnv, tls: TlsCredentials | undefined): Agents | undefined {
  if (tls === undefined && !PROXY_VARIABLES.some((name) => environment[name])) return undefined;
  const options = { keepAlive: true, proxyEnv: environment };
  const { ca, ...own } = tls ?? {};
  return {
    http: new HttpAgent(options),
    https: new TunnelAgent({ ...options, ...own, ...(ca && { ca: [...ca] }) }),
  };
}

/**
 * `fetch` for every connection that leaves this machine. Node.js's own knows proxies only by `--use-env-proxy`, which would cost
 * each start 30 ms where one is set, called for or not, and certificates not at all; so with either of these, node:https does the
 * work. It follows no redirects then, and a body is sent whole.
 */
export function outgoingFetch(
  environment: NodeJS.ProcessEnv = process.env,
  tls?: TlsCredentials,
): typeof fetch {
  let through: Agents | undefined;
  try {
    through = agents(environment, tls);
  } catch (error) {
    return () => Promise.reject(error);
  }
  if (through === undefined) return fetch;
  const chosen = through;
  return async (input, init) => await fetchThrough(chosen, new Request(input, init));
}

async function fetchThrough(agents: Agents, asked: Request): Promise<Response> {
  const isSecure = new URL(asked.url).protocol === 'https:';
  const body = asked.body === null ? undefined : Buffer.from(await asked.arrayBuffer());
  const { method, signal } = asked;
  const headers = {
    ...Object.fromEntries(asked.headers),
    ...(body && { 'content-length': body.length }),
  };
  const agent = isSecure ? agents.https : agents.http;
  return await new Promise((resolve, reject) => {
    const request = isSecure ? httpsRequest : httpRequest;
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    const options: RequestOptions & TunnelOptions = { method, headers, signal, agent, tunnelSignal: signal };
    // In the emitter it would end the process: a status of 999, for one, is no Response.
    const answer = (incoming: IncomingMessage) => {
      try {
        resolve(responseOf(incoming));
      } catch (error) {
        incoming.destroy();
        reject(error);
      }
    };
    request(asked.url, options, answer)
      .on('error', reject)
      .on('close', () => reject(withoutAnswer())) // as after a status of 101
      .end(body);
  });
}

const withoutAnswer = () =>
  Object.assign(new Error('The connection was closed without an answer'), { code: 'ECONNRESET' });

/** Statuses that come without a body, by the Fetch standard. */
const WITHOUT_BODY = [204, 205, 304];

function responseOf(incoming: IncomingMessage): Response {
  const { statusCode: status = 500, statusMessage: statusText = '', headersDistinct } = incoming;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  if (WITHOUT_BODY.includes(status)) incoming.resume();
  const body = WITHOUT_BODY.includes(status)
    ? null
    : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  return new Response(body, { status, statusText, headers });
}
