import { rootMethod } from '../../../protocol/http/refusals.ts';
import { accepts } from '../accepts.ts';
import type { Endpoint } from '../routes.ts';

/** One transport and its path. */
export interface ServedAt {
  /** As in the configuration, such as `http`. */
  readonly transport: string;
  readonly path: string;
}

/** Tells whoever asks for `/` at which paths the server is: an address without the path is what people paste. */
export function rootEndpoint(served: readonly ServedAt[]): Endpoint {
  const lines = served.map(({ transport, path }) => `${transport}: ${path}`);
  const text = ['tfo-mcp, an MCP server. Its endpoints:', ...lines, ''].join('\n');
  const endpoints = Object.fromEntries(served.map(({ transport, path }) => [transport, path]));
  const json = `${JSON.stringify({ name: 'tfo-mcp', endpoints })}\n`;
  const refusal = rootMethod(served.map(({ path }) => path));
  return {
    isAnonymous: true,
    handle: async (exchange) => {
      const { method } = exchange.request;
      if (method !== 'GET' && method !== 'HEAD') exchange.refuse(refusal);
      else if (prefersJson(exchange.header('accept'))) exchange.json(200, json);
      else exchange.text(200, text);
    },
  };
}

/** Browsers and command-line tools take both. */
function prefersJson(accept: string | undefined): boolean {
  return accept !== undefined && accepts(accept, 'application/json') && !accepts(accept, 'text/plain');
}
