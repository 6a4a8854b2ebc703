import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Batch, Message } from '../../../jsonrpc/message.ts';
import { notUtf8, parseFrame } from '../../../jsonrpc/parse.ts';
import {
  contentCoding,
  contentType,
  messageTooLong,
  noRoom,
  type Refusal,
  transferCoding,
} from '../../../protocol/http/refusals.ts';
import type { HttpExchange } from '../http-exchange.ts';
import type { ByteCollector, DecodedText } from './byte-collector.ts';
import { oneAtATime, yieldAfter } from './long-messages.ts';
import { readBody, withoutMark } from './read-body.ts';
import type { ReceiveBudget } from './receive-budget.ts';

export interface FrameLimits {
  readonly maxMessageBytes: number;
  readonly budget: ReceiveBudget;
}

/** The frame that was posted; undefined when the request was refused for it, or broke off. */
export async function readFrame(
  exchange: HttpExchange,
  { maxMessageBytes, budget }: FrameLimits,
): Promise<Message | Batch | undefined> {
  const refusal = refuseCoding(exchange);
  if (refusal) {
    exchange.refuse(refusal);
    return undefined;
  }
  if (!isJson(exchange.header('content-type'))) {
    exchange.refuse(contentType);
    return undefined;
  }
  const held = exchange.hold(budget);
  const body = await readBody(exchange.request, maxMessageBytes, (bytes) => held.take(bytes));
  if ('collected' in body) {
    const { collected } = body;
    return await oneAtATime(collected.size, () => readMessage(collected));
  }
  if (body.refused === 'too-large') exchange.refuse(messageTooLong(maxMessageBytes));
  if (body.refused === 'no-room') {
    held.release();
    exchange.refuseEarly(noRoom);
  }
  return undefined;
}

/** Lets others be served between the steps of a long message, and keeps what a step was made from no longer than for it. */
function readMessage(collected: ByteCollector): Eventual<Message | Batch> {
  const { size } = collected;
  const parsed = andThen(yielding(collected.takeText()), ({ text, isMalformed }) =>
    isMalformed ? notUtf8(text) : parseFrame(withoutMark(text)),
  );
  return andThen(parsed, (frame) => andThen(yieldAfter(size), () => frame));
}

const yielding = (decoded: DecodedText) => andThen(yieldAfter(decoded.text.length), () => decoded);

function refuseCoding({ header }: HttpExchange): Refusal | undefined {
  const content = header('content-encoding')?.trim().toLowerCase() ?? '';
  const transfer = header('transfer-encoding')?.trim().toLowerCase() ?? 'chunked';
  if (content !== '' && content !== 'identity') return contentCoding(content);
  return transfer === 'chunked' ? undefined : transferCoding(transfer);
}

/** With or without parameters: JSON is UTF-8 (RFC 8259, section 8.1). */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
