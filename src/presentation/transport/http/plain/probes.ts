import type { HttpExchange } from '../http-exchange.ts';
import type { Endpoint } from '../routes.ts';

/** One thing that has to be well for the server to be. */
export interface Check {
  readonly name: string;
  readonly isUp: boolean;
}

export interface ProbeFacts {
  /** Tells whether new work is taken. */
  readonly isAccepting: () => boolean;
  /** Things behind the server. */
  readonly checks: () => readonly Check[];
}

/** Paths for load balancers and orchestrators, without authentication: what they tell is no secret. */
export function probes({ isAccepting, checks }: ProbeFacts): ReadonlyMap<string, Endpoint> {
  const live = (): readonly Check[] => [{ name: 'process', isUp: true }];
  const ready = () => [{ name: 'accepting', isUp: isAccepting() }, ...checks()];
  return new Map([
    ['/healthz', probe(ready)],
    ['/livez', probe(live)],
    ['/readyz', probe(ready)],
  ]);
}

/** Answers 200 or 503 in a word, or with `?verbose` in a JSON of its checks. */
function probe(checks: () => readonly Check[]): Endpoint {
  return {
    isProbe: true,
    handle: async (exchange) => {
      const { method, url = '' } = exchange.request;
      if (method === 'GET' || method === 'HEAD') report(exchange, checks(), /[?&]verbose\b/.test(url));
      else exchange.refuseMethod('GET', 'HEAD');
    },
  };
}

function report(exchange: HttpExchange, checks: readonly Check[], isVerbose: boolean): void {
  const isUp = checks.every((check) => check.isUp);
  const word = isUp ? 'ok' : 'unavailable';
  const status = isUp ? 200 : 503;
  if (isVerbose) {
    const told = checks.map((check) => ({ name: check.name, status: check.isUp ? 'ok' : 'unavailable' }));
    exchange.json(status, `${JSON.stringify({ status: word, checks: told })}\n`);
  } else exchange.text(status, `${word}\n`);
}
