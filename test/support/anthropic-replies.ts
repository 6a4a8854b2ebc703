import { setTimeout as sleep } from 'node:timers/promises';
import type { AnthropicExchange } from './anthropic-server.ts';
import type { Frame } from './server-process.ts';

/** The server's treatment of one request that is right. */
export type AnthropicReply = (exchange: AnthropicExchange) => Promise<void> | void;

export interface Answer {
  /** Text, sent in pieces of this many characters (5), or blocks as the API has them. */
  readonly content: string | readonly Frame[];
  readonly stopReason?: string | null;
  readonly pieceLength?: number;
  /** Waited before the first byte, and between two pieces. */
  readonly firstByteMs?: number;
  readonly pieceMs?: number;
  readonly outputTokens?: number;
}

/** Streams an answer as the API does, pings included. */
export function answer(given: Answer | string): AnthropicReply {
  const { firstByteMs = 0, ...options } = typeof given === 'string' ? { content: given } : given;
  return async (exchange) => {
    if (firstByteMs > 0) await sleep(firstByteMs);
    for await (const event of eventsOf(exchange, options)) exchange.event(event);
    exchange.response.end();
  };
}

/** Begins to answer, with this text, and does something else than to end. */
export function begin(textSoFar: string, then: AnthropicReply): AnthropicReply {
  return async (exchange) => {
    for await (const event of eventsOf(exchange, { content: textSoFar })) {
      if (event.type === 'content_block_stop') break;
      exchange.event(event);
    }
    await then(exchange);
  };
}

/** Refuses by status, as the API does. */
export function fail(status: number, type: string, more: Failure = {}): AnthropicReply {
  return ({ response }) => {
    const { message = 'Some reason', retryAfter, errorCode } = more;
    const details = errorCode === undefined ? {} : { details: { error_code: errorCode } };
    response.writeHead(status, {
      'content-type': 'application/json',
      'request-id': 'req_test',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    });
    response.end(
      JSON.stringify({ type: 'error', error: { type, message, ...details }, request_id: 'req_test' }),
    );
  };
}

interface Failure {
  readonly message?: string;
  /** Seconds, or a date. */
  readonly retryAfter?: number | string;
  /** Names the cause; the SDK has a class for each that it knows. */
  readonly errorCode?: string;
}

/** Says in the stream that something failed: its status was 200 by then. */
export function failInStream(type: string, message = 'Some reason'): AnthropicReply {
  return ({ event, response }) => {
    event({ type: 'error', error: { type, message } });
    response.end();
  };
}

/** Ends the stream as if it were whole. */
export const endEarly: AnthropicReply = ({ response }) => void response.end();

/** Closes the connection without a word. */
export const breakOff: AnthropicReply = ({ response }) => {
  response.flushHeaders();
  // Sent bytes go out first: otherwise it's a connection that never answered.
  setImmediate(() => response.destroy());
};

/** Never says anything (more). */
export const hang: AnthropicReply = ({ response }) => response.flushHeaders();

/** Never even sends headers. */
export const silence: AnthropicReply = () => undefined;

/** An answer of something that isn't the API. */
export function page(status = 200, html = '<html>Sign in to the Wi-Fi</html>'): AnthropicReply {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(html);
  };
}

async function* eventsOf({ body, inputTokens }: AnthropicExchange, options: Answer): AsyncGenerator<Frame> {
  const { content, stopReason = 'end_turn', pieceLength = 5, pieceMs = 0, outputTokens = 7 } = options;
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const usage = { ...cacheUse(body, inputTokens), output_tokens: 1 };
  const message = { id: 'msg_test', type: 'message', role: 'assistant', model: body.model, content: [] };
  yield {
    type: 'message_start',
    message: { ...message, stop_reason: null, stop_sequence: null, usage },
  };
  for (const [index, block] of blocks.entries()) {
    const { start, deltas } = split(block, pieceLength);
    yield { type: 'content_block_start', index, content_block: start };
    yield { type: 'ping' };
    for (const delta of deltas) {
      if (pieceMs > 0) await sleep(pieceMs);
      yield { type: 'content_block_delta', index, delta };
    }
    yield { type: 'content_block_stop', index };
  }
  yield {
    type: 'message_delta',
    delta: { stop_reason: stopReason, stop_sequence: null },
    usage: { output_tokens: outputTokens },
  };
  yield { type: 'message_stop' };
}

/** A block as it begins, empty, and what comes after. */
function split(block: Frame, length: number): { start: Frame; deltas: Frame[] } {
  switch (block.type) {
    case 'text':
      return {
        start: { ...block, text: '' },
        deltas: pieces(block.text, length).map((text) => ({ type: 'text_delta', text })),
      };
    case 'thinking':
      return {
        start: { ...block, thinking: '', signature: '' },
        deltas: [
          ...pieces(block.thinking, length).map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: block.signature },
        ],
      };
    case 'tool_use':
      return {
        start: { ...block, input: {} },
        deltas: pieces(JSON.stringify(block.input), length).map((partial_json) => ({
          type: 'input_json_delta',
          partial_json,
        })),
      };
    default:
      return { start: block, deltas: [] };
  }
}

function pieces(text: string, length: number): string[] {
  const all: string[] = [];
  for (let at = 0; at < text.length; at += length) all.push(text.slice(at, at + length));
  return all;
}

/** The API reads a marked beginning from its cache when it was there before; here: whenever a conversation goes on. */
function cacheUse(body: Frame, inputTokens: number) {
  const isMarked = JSON.stringify(body).includes('"cache_control"');
  const cached = isMarked ? Math.floor(inputTokens / 2) : 0;
  const goesOn = body.messages.length > 1;
  return {
    input_tokens: inputTokens - cached,
    cache_creation_input_tokens: goesOn ? 0 : cached,
    cache_read_input_tokens: goesOn ? cached : 0,
  };
}
