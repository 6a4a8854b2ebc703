import { andThen, type Eventual } from '../../../application/eventual.ts';
import type { Reply } from '../../jsonrpc/frame-sink.ts';
import { parseFrame } from '../../jsonrpc/parse.ts';
import type { McpConnection } from '../../protocol/mcp-connection.ts';
import { limitFrame, type TakeTurns } from './limit-frame.ts';

export interface LimitedMessagesOptions {
  readonly connection: Pick<McpConnection, 'acceptsBatch'> & {
    readonly peer: Pick<McpConnection['peer'], 'take'>;
  };
  readonly takeTurns: TakeTurns;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Takes the messages of one connection as often as its client may send them: of an HTTP client that is the door's business, but
 * who came in once for all sends from inside.
 */
export function limitedMessages(options: LimitedMessagesOptions): (text: string, reply?: Reply) => void {
  const { connection, takeTurns, onFailure } = options;
  const take = (text: string, reply: Reply | undefined): Eventual<void> =>
    andThen(limitFrame(parseFrame(text), { connection, takeTurns }), (frame) =>
      connection.peer.take(frame, reply),
    );
  let last: Eventual<void>;
  return (text, reply) => {
    const taken = andThen(last, () => take(text, reply)); // in their order, also where counting takes a while
    last = taken instanceof Promise ? taken.catch(onFailure) : taken;
  };
}
