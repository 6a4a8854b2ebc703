import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Reply } from '../../../jsonrpc/frame-sink.ts';
import { parseFrame } from '../../../jsonrpc/parse.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import { limitFrame, type TakeTurns } from './limit-frame.ts';

export interface LimitedMessagesOptions {
  readonly connection: Pick<McpConnection, 'acceptsBatch'> & {
    readonly peer: Pick<McpConnection['peer'], 'take'>;
  };
  readonly takeTurns: TakeTurns;
}

/** Takes one message; it is there when the one before it is taken. */
export type TakeMessage = (text: string, reply?: Reply) => Eventual<void>;

/**
 * Takes the messages of one connection as often as its client may send them: of an HTTP client that is the door's business, but
 * who came in once for all sends from inside.
 */
export function limitedMessages({ connection, takeTurns }: LimitedMessagesOptions): TakeMessage {
  return (text, reply) =>
    andThen(limitFrame(parseFrame(text), { connection, takeTurns }), (frame) =>
      connection.peer.take(frame, reply),
    );
}
