import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Taken } from '../../../../application/ports/rate-limiter.ts';
import type { Principal } from '../../../../application/request-context.ts';
import type { Batch, Invalid, Message } from '../../../jsonrpc/message.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import type { Doorkeeper } from '../routes.ts';
import { tooManyRequests } from './admission-refusals.ts';

/** Takes turns of whoever sends, at most so many. */
export type TakeTurns = (most: number) => Eventual<Taken>;

interface LimitOptions {
  /** What the frame goes to; a batch that it doesn't take is one message. */
  readonly connection: Pick<McpConnection, 'acceptsBatch'>;
  readonly takeTurns: TakeTurns;
  /** Turns that were taken for the frame before: by an HTTP request, for itself. */
  readonly taken?: number;
}

/**
 * The frame with an error in place of each message that its sender has no turn left for: each member of a batch takes one, or a
 * batch would be a way round the rate. What wants no answer takes none: cancelling makes less work, not more.
 */
export function limitFrame(frame: Message | Batch, options: LimitOptions): Eventual<Message | Batch> {
  const { connection, takeTurns, taken = 0 } = options;
  const accepted = frame.kind !== 'batch' || connection.acceptsBatch(frame.members);
  const wanted = (accepted ? turnsOf(frame) : 1) - taken;
  if (wanted <= 0) return frame;
  return andThen(takeTurns(wanted), ({ count, waitMs }) =>
    count === wanted ? frame : refuseBeyond(frame, { count: count + taken, waitMs }),
  );
}

interface PostLimit {
  readonly connection: Pick<McpConnection, 'acceptsBatch'>;
  readonly principal: Principal;
  /** Without it, everybody may send as much as they like. */
  readonly takeTurns: Doorkeeper['takeTurns'] | undefined;
}

/** The same for what came in an HTTP request, which took a turn for itself. */
export function limitPost(frame: Message | Batch, limit: PostLimit): Eventual<Message | Batch> {
  const { connection, principal, takeTurns } = limit;
  if (frame.kind !== 'batch' || takeTurns === undefined) return frame;
  return limitFrame(frame, { connection, takeTurns: (most) => takeTurns(principal, most), taken: 1 });
}

function turnsOf(frame: Message | Batch): number {
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
