import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** An exchange that goes wrong: the answer that the platform would give is there to be spoilt. */
export interface HostileExchange {
  readonly response: ServerResponse;
  /** Body of the right answer, as JSON. */
  readonly text: () => Promise<string>;
}

/** Treats one request badly. */
export type Hostile = (exchange: HostileExchange) => void | Promise<void>;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Writes until the client has gone. */
async function writeAll(response: ServerResponse, pieces: Iterable<string>, pauseMs = 0): Promise<void> {
  const closed = once(response, 'close');
  for (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
    if (pauseMs > 0) await wait(pauseMs);
  }
  response.end();
}

/** The answer byte by byte, as slowly as that. */
export const drip =
  (pauseMs: number): Hostile =>
  async ({ response, text }) => {
    response.writeHead(200, JSON_TYPE);
    await writeAll(response, await text(), pauseMs);
  };

/** No answer, ever. */
export const hang = (): Hostile => () => undefined;

/** Half of the answer, then the connection ends. */
export const stopMidway =
  (): Hostile =>
  async ({ response, text }) => {
    const whole = await text();
    response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(whole) });
    response.write(whole.slice(0, whole.length / 2), () => response.destroy());
  };

/** The connection ends without an answer. */
export const reset =
  (): Hostile =>
  ({ response }) =>
    void response.destroy();

const LONG_BODY = 'x'.repeat(300);

/** So many rows, whatever was asked for. @param row writes one, by its number */
export const manyRows =
  (count: number, row: (index: number) => unknown = logRowNumber): Hostile =>
  async ({ response }) => {
    response.writeHead(200, JSON_TYPE);
    const pieces = function* () {
      yield '{"data":[';
      for (let index = 0; index < count; index++)
        yield `${index === 0 ? '' : ','}${JSON.stringify(row(index))}`;
      yield `],"total":${count}}`;
    };
    await writeAll(response, pieces());
  };

function logRowNumber(index: number): unknown {
  return {
    timestamp: '2026-11-30 12:00:00.000000000',
    trace_id: '',
    span_id: '',
    severity_text: 'INFO',
    severity_number: 9,
    service_name: 'flood',
    body: `row ${index} ${LONG_BODY}`,
    resource_attributes: { 'service.version': '1' },
    log_attributes: {},
  };
}

const answer =
  (status: number, headers: Readonly<Record<string, string>>, body: string): Hostile =>
  ({ response }) =>
    void response.writeHead(status, headers).end(body);

/** The page of a proxy whose backend is gone. */
export const badGateway = (): Hostile =>
  answer(
    502,
    { 'content-type': 'text/html' },
    '<html><h1>502 Bad Gateway</h1><p>internal-host-17</p></html>',
  );

/** A login page, or a captive portal's, with 200. */
export const htmlPage = (): Hostile =>
  answer(200, { 'content-type': 'text/html' }, '<html>Please log in</html>');

export const brokenJson =
  (): Hostile =>
  async ({ response, text }) => {
    const whole = await text();
    response.writeHead(200, JSON_TYPE).end(whole.replaceAll('":', '" '));
  };

/** The right answer with values of other types: text for numbers, numbers for text, objects for lists, and the other way. */
export const wrongTypes =
  (): Hostile =>
  async ({ response, text }) => {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(spoil(JSON.parse(await text()), 0)));
  };

function spoil(value: unknown, depth: number): unknown {
  if (depth === 0 && typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoil(inner, 1)]));
  }
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'number') return [value];
  if (Array.isArray(value) && depth === 1) return value.map((inner) => spoil(inner, 2));
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoil(inner, depth + 1)]));
  }
  return 7;
}

/** Some other JSON. */
export const otherJson = (value: unknown): Hostile => answer(200, JSON_TYPE, JSON.stringify(value));

export const redirect = (location: string, status = 302): Hostile => answer(status, { location }, '');

export const serverError = (status = 500): Hostile =>
  answer(
    status,
    JSON_TYPE,
    JSON.stringify({
      error: { code: 'INTERNAL_SERVER_ERROR', message: 'An unexpected error occurred', statusCode: status },
    }),
  );

export const unauthorized = (): Hostile =>
  answer(
    401,
    JSON_TYPE,
    JSON.stringify({ error: { code: 'Unauthorized', message: 'jwt expired', statusCode: 401 } }),
  );

/** @param retryAfter as the header has it; undefined for none */
export const tooManyRequests = (retryAfter?: string): Hostile =>
  answer(
    429,
    { ...JSON_TYPE, ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
    JSON.stringify({ error: { code: 'TOO_MANY_REQUESTS', message: 'Too many requests', statusCode: 429 } }),
  );
