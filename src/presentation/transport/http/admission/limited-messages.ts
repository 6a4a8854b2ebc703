import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Reply } from '../../../jsonrpc/frame-sink.ts';
import { parseFrame } from '../../../jsonrpc/parse.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import { type CountMessages, limitFrame } from './limit-frame.ts';

export interface LimitedMessagesOptions {
  readonly connection: Pick<McpConnection, 'acceptsBatch'> & {
    readonly peer: Pick<McpConnection['peer'], 'take'>;
  };
  readonly countMessages: CountMessages;
}

/** Takes one message; it is there when the one before it is taken. */
export type TakeMessage = (text: string, reply?: Reply) => Eventual<void>;

/**
 * Takes the messages of one connection as often as its client may send them: HTTP requests are counted when they are admitted, but
 * a connection that left HTTP was admitted once for all its messages.
 */
export function limitedMessages({ connection, countMessages }: LimitedMessagesOptions): TakeMessage {
  return (text, reply) =>
    andThen(limitFrame(parseFrame(text), { connection, countMessages }), (frame) =>
      connection.peer.take(frame, reply),
    );
}
