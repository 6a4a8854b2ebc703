import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Taken } from '../../../../application/ports/rate-limiter.ts';
import type { Principal } from '../../../../application/request-context.ts';
import type { Batch, Invalid, Message } from '../../../jsonrpc/message.ts';
import { tooManyRequests } from '../../../protocol/http/refusals.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import type { Admission } from './admission.ts';

/** Counts messages of one sender against its rate, at most so many. */
export type CountMessages = (most: number) => Eventual<Taken>;

interface LimitOptions {
  /** Takes the frame; a batch that it refuses counts as one message. */
  readonly connection: Pick<McpConnection, 'acceptsBatch'>;
  readonly countMessages: CountMessages;
  /** Messages that were counted before: an HTTP request is counted as one. */
  readonly counted?: number;
}

/**
 * The frame with an error in place of each message beyond its sender's rate: each member of a batch counts, or a batch would be a
 * way round the rate. What wants no answer doesn't: cancelling makes less work, not more.
 */
export function limitFrame(frame: Message | Batch, options: LimitOptions): Eventual<Message | Batch> {
  const { connection, countMessages, counted = 0 } = options;
  const accepted = frame.kind !== 'batch' || connection.acceptsBatch(frame.members);
  const wanted = (accepted ? messagesOf(frame) : 1) - counted;
  if (wanted <= 0) return frame;
  return andThen(countMessages(wanted), ({ count, waitMs }) =>
    count === wanted ? frame : refuseBeyond(frame, { count: count + counted, waitMs }),
  );
}

interface PostLimit {
  readonly connection: Pick<McpConnection, 'acceptsBatch'>;
  readonly principal: Principal;
  /** Absent where there is no rate. */
  readonly countMessages: Admission['countMessages'] | undefined;
}

/** The same for what came in an HTTP request, which was counted as one message when it was admitted. */
export function limitPost(frame: Message | Batch, limit: PostLimit): Eventual<Message | Batch> {
  const { connection, principal, countMessages } = limit;
  if (frame.kind !== 'batch' || countMessages === undefined) return frame;
  return limitFrame(frame, {
    connection,
    countMessages: (most) => countMessages(principal, most),
    counted: 1,
  });
}

function messagesOf(frame: Message | Batch): number {
  if (frame.kind !== 'batch') return wantsAnswer(frame) ? 1 : 0;
  return Math.max(1, frame.members.filter(wantsAnswer).length);
}

const wantsAnswer = ({ kind }: Message) => kind === 'request' || kind === 'invalid';

function refuseBeyond(frame: Message | Batch, { count, waitMs }: Taken): Message | Batch {
  const error = tooManyRequests(waitMs).error.toObject();
  const refuse = (message: Message): Invalid => {
    const id = 'id' in message && message.kind !== 'response' ? message.id : undefined;
    return { kind: 'invalid', ...(id !== undefined && { id }), error };
  };
  if (frame.kind !== 'batch') return refuse(frame);
  if (frame.members.length === 0) return refuse({ kind: 'invalid', error });
  let left = count;
  const members = frame.members.map((member) => {
    if (!wantsAnswer(member)) return member;
    left -= 1;
    return left < 0 ? refuse(member) : member;
  });
  return { kind: 'batch', members };
}
