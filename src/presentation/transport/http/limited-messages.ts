import { andThen, type Eventual } from '../../../application/eventual.ts';
import type { Principal } from '../../../application/request-context.ts';
import { encodeError } from '../../jsonrpc/encode.ts';
import { parseFrame } from '../../jsonrpc/parse.ts';
import type { Peer } from '../../jsonrpc/peer.ts';
import { tooManyRequests } from './door-refusals.ts';
import type { Doorkeeper } from './routes.ts';

export interface LimitedMessagesOptions {
  readonly peer: Peer;
  readonly principal: Principal;
  readonly takeTurn: Doorkeeper['takeTurn'];
  readonly send: (frame: string) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Takes the messages of one connection as often as its client may send them: of an HTTP client that is the door's business, but
 * who came in once for all sends from inside. What wants no answer is always taken: cancelling makes less work, not more.
 */
export function limitedMessages(options: LimitedMessagesOptions): (text: string) => void {
  const { peer, principal, takeTurn, send, onFailure } = options;
  const take = (text: string): Eventual<void> => {
    const frame = parseFrame(text);
    if (frame.kind === 'notification' || frame.kind === 'response') return peer.take(frame);
    return andThen(takeTurn(principal), (waitMs) => {
      if (waitMs === 0) return peer.take(frame);
      const id = frame.kind === 'batch' ? undefined : frame.id;
      send(encodeError(id, tooManyRequests(waitMs).error.toObject()));
    });
  };
  let last: Eventual<void>;
  return (text) => {
    const taken = andThen(last, () => take(text)); // in their order, also where counting takes a while
    last = taken instanceof Promise ? taken.catch(onFailure) : taken;
  };
}
