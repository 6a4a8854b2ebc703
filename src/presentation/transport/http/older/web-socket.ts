import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { andThen, type Eventual } from '../../../../application/eventual.ts';
import { countedName, type Principal } from '../../../../application/request-context.ts';
import type { FrameSink } from '../../../jsonrpc/frame-sink.ts';
import { parseFrame } from '../../../jsonrpc/parse.ts';
import { upgradeRequired } from '../../../protocol/http/refusals.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import type { Connect } from '../../connect.ts';
import type { Admission } from '../admission/admission.ts';
import { limitedMessages, type TakeMessage } from '../admission/limited-messages.ts';
import type { OpenConnections } from '../connections/open-connections.ts';
import { SharedBudget } from '../connections/shared-budget.ts';
import { Shares } from '../connections/shares.ts';
import { oneAtATime, yieldAfter } from '../receiving/long-messages.ts';
import { withoutMark } from '../receiving/read-body.ts';
import { type Holding, ReceiveBudget } from '../receiving/receive-budget.ts';
import { ReceivedBytes } from '../receiving/received-bytes.ts';
import type { Endpoint, UpgradeEndpoint } from '../routes.ts';
import { KeepAlive } from '../sending/keep-alive.ts';
import { SEND_LIMITS, UnsentBytes } from '../sending/unsent-bytes.ts';
import { MessageQueue } from './message-queue.ts';
import { replyOn } from './reply-on.ts';

const SUBPROTOCOL = 'mcp';

/** Bytes that wait for a slow reader before nothing more is taken from it. */
const SLOW_BYTES = 1024 * 1024;

/** A message of this length is forgotten by the budget when it is there: a longer one when its work is done. */
const SMALL_BYTES = 64 * 1024;

/** Pieces that one message may come in; as large as the smallest packets, they hold the longest message. */
const MAX_PIECES = 64 * 1024;

/** RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const INTERNAL_ERROR = 1011;
const NORMAL = 1000;
/** https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number */
const TRY_AGAIN_LATER = 1013;

export interface WebSocketsOptions {
  readonly connect: Connect;
  readonly connections: OpenConnections;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  /** Shared by the transports of one process. */
  readonly budget?: ReceiveBudget;
  /** For what waits to be sent; shared likewise. */
  readonly sending?: SharedBudget;
  /** Clients at once. */
  readonly maxSessions: number;
  /** Absent where there is no rate. */
  readonly countMessages?: Admission['countMessages'] | undefined;
  readonly onFailure: (error: unknown) => void;
}

/** Refuses HTTP on the path of WebSockets: of clients that want it, or whose proxy took the header away (RFC 9110, 15.5.22). */
export const upgradeEndpoint: Endpoint = {
  isAnonymous: true,
  handle: async (exchange) => exchange.refuse(upgradeRequired),
};

/** One message a text frame, in both directions; otherwise as on stdio. No revision of MCP has it: SDK v1 does. */
export class WebSockets implements UpgradeEndpoint {
  private readonly options: WebSocketsOptions;
  private readonly server: WebSocketServer;
  private readonly held = new KeepAlive();
  private readonly budget: ReceiveBudget;
  private readonly sending: SharedBudget;
  private readonly shares: Shares<WebSocket>;

  constructor(options: WebSocketsOptions) {
    this.options = options;
    this.shares = new Shares({ most: options.maxSessions, idleSince: () => undefined });
    this.budget = options.budget ?? new ReceiveBudget(options.maxMessageBytes);
    this.sending = options.sending ?? new SharedBudget(SEND_LIMITS);
    this.server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.maxMessageBytes,
      maxBufferedChunks: MAX_PIECES,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
  }

  /** Takes a place: a client with many connections gives one up for a client with none. */
  makeRoomFor(principal: Principal): boolean {
    const place = this.shares.placeFor(countedName(principal));
    place?.displaced?.close(TRY_AGAIN_LATER, 'Others want to connect as well');
    return place !== undefined;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, principal: Principal): void {
    this.server.handleUpgrade(request, socket, head, (client) => {
      const received = new ReceivedBytes(this.budget, countedName(principal));
      received.watch(socket, () => turnAway(client, socket));
      this.serve(client, principal, received);
    });
  }

  private serve(client: WebSocket, principal: Principal, received: ReceivedBytes): void {
    const { connect, connections, onFailure } = this.options;
    const owner = countedName(principal);
    const unsent = new UnsentBytes(this.sending, owner, () => client.terminate());
    const sink = sinkOf(client, { unsent, onRead: () => queue.proceed() });
    const connection = connect({ sink, principal, onShutdown: () => client.close(NORMAL) });
    const take = this.takerOf(connection, principal);
    const queue = new MessageQueue<Received>({
      take: ({ data, held }) => this.take(data, held, { sink, take }),
      isPaused: () => client.isPaused,
      isAnswering: () => connection.peer.requestsInFlight > 0,
      onFailure: (error, { held }) => {
        // In the emitter it would end the process, with all other clients.
        held.release();
        onFailure(error);
        client.close(INTERNAL_ERROR, 'The message could not be taken');
      },
    });
    const opened = { connection, end: () => goAway(client) };
    connections.add(opened);
    this.shares.add(owner, client);
    const pulse = heartbeat(client);
    this.held.hold(pulse);
    client.on('message', (data: Buffer, isBinary) => {
      if (isBinary) client.close(UNSUPPORTED_DATA, 'Expected text frames');
      else queue.add({ data, held: received.message() });
    });
    for (const event of ['ping', 'pong'] as const) client.on(event, (payload) => received.control(payload));
    client.on('error', () => undefined); // the client's fault: ws closes the connection, with 1009 for a message that is too long
    client.once('close', () => {
      this.held.release(pulse);
      unsent.close();
      for (const { held } of queue.clear()) held.release();
      received.message().release();
      connections.delete(opened);
      this.shares.delete(client);
      connection.close(Promise.resolve()).catch(onFailure);
    });
  }

  private takerOf(connection: McpConnection, principal: Principal): TakeMessage {
    const { countMessages } = this.options;
    return countMessages
      ? limitedMessages({ connection, countMessages: (most) => countMessages(principal, most) })
      : (text, reply) => connection.peer.take(parseFrame(text), reply);
  }

  private take(
    data: Buffer,
    held: Holding,
    { sink, take }: { sink: FrameSink; take: TakeMessage },
  ): Eventual<void> {
    const { isClosing } = this.options.connections;
    const isLarge = data.length > SMALL_BYTES && !isClosing;
    if (!isLarge) held.release();
    if (isClosing) return;
    const reply = isLarge ? replyOn(sink, () => held.release()) : undefined;
    return oneAtATime(data.length, () => {
      const text = withoutMark(data.toString('utf8'));
      return andThen(yieldAfter(text.length), () => take(text, reply));
    });
  }
}

/** A message that is whole, and what it has of the budget. */
interface Received {
  readonly data: Buffer;
  readonly held: Holding;
}

interface Outgoing {
  readonly unsent: UnsentBytes;
  /** Called when a client that was too slow has read what waited for it. */
  readonly onRead: () => void;
}

function sinkOf(client: WebSocket, { unsent, onRead }: Outgoing): FrameSink {
  return {
    send(frame, options) {
      const waiting = client.bufferedAmount;
      if (options?.droppable && waiting > SLOW_BYTES) return;
      let counted = 0;
      client.send(frame, () => {
        unsent.remove(counted);
        if (!client.isPaused || client.bufferedAmount >= SLOW_BYTES) return;
        client.resume();
        onRead();
      });
      counted = client.bufferedAmount - waiting; // most is with the system by now
      if (client.bufferedAmount > SLOW_BYTES) client.pause();
      unsent.add(counted);
    },
  };
}

/** Ends a connection because the server stops; resolves when what was sent has arrived. */
async function goAway(client: WebSocket): Promise<void> {
  client.close(GOING_AWAY, 'The server is stopping');
  if (client.readyState !== client.CLOSED) await once(client, 'close');
}

/** Says that there is no room, and reads no more: what would still come of the message is dropped. */
function turnAway(client: WebSocket, socket: Duplex): void {
  client.close(TRY_AGAIN_LATER, 'Too much is being received at the moment');
  socket.removeAllListeners('data').resume().end();
}

/** Pings, and gives a client up that did not answer the last one. */
function heartbeat(client: WebSocket): { keepAlive(): void } {
  let isAlive = true;
  client.on('pong', () => {
    isAlive = true;
  });
  return {
    keepAlive() {
      if (!isAlive && !client.isPaused) client.terminate();
      isAlive = false;
      client.ping();
    },
  };
}
