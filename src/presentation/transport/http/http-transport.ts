import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex, Writable } from 'node:stream';
import { countedName, networkUser, type Principal } from '../../../application/request-context.ts';
import {
  foreignName,
  headerRepeated,
  pathUnknown,
  type Refusal,
  stopping,
  tooManyClients,
} from '../../protocol/http/refusals.ts';
import type { ShutdownDeadlines } from '../shutdown-deadlines.ts';
import type { Admission } from './admission/admission.ts';
import { type AllowedNames, findForeignName } from './admission/allowed-names.ts';
import { type AddressOf, clientAddresses, countedAddress } from './admission/client-address.ts';
import { answerPreflight, isPreflight, shareWith } from './admission/cors.ts';
import { RevocationWatch } from './admission/revocation-watch.ts';
import type { OpenConnections } from './connections/open-connections.ts';
import { OpenResponses } from './connections/open-responses.ts';
import { SharedBudget } from './connections/shared-budget.ts';
import { Shares } from './connections/shares.ts';
import { HttpExchange } from './http-exchange.ts';
import { findRepeatedHeader, requestHost, requestPath } from './request-path.ts';
import type { Endpoint, Routes, UpgradeEndpoint } from './routes.ts';
import { SEND_LIMITS } from './sending/unsent-bytes.ts';

export interface HttpTransportOptions extends Routes {
  /** Those that the endpoints have opened: they are ended when the server stops. */
  readonly connections: OpenConnections;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly allowed: AllowedNames;
  /** Absent: everybody who reaches the server is one and the same. */
  readonly admission?: Admission | undefined;
  /** Shared by the transports of one process; closed with this one. */
  readonly revocations?: RevocationWatch | undefined;
  /** The address of a request's client; by default that of its connection. */
  readonly addressOf?: AddressOf;
  readonly slowness?: Slowness;
  /** Told of each request that is refused at the edge. */
  readonly onRefused: (refusal: Refusal, request: IncomingMessage) => void;
  /** With one more, one that is idle is closed; where none is, it is closed unheard. */
  readonly maxConnections?: number;
  /** For what waits to be sent; shared by the transports of one process. */
  readonly sending?: SharedBudget;
  readonly onFailure: (error: unknown) => void;
}

/** Milliseconds that a request may take to come before its connection is closed. */
export interface Slowness {
  /** In which its head must be there. */
  readonly head: number;
  /** In which all of it must be there. */
  readonly whole: number;
  /** Between two looks at that. */
  readonly check: number;
}

const MAX_CONNECTIONS = 10_000;
/** Of the connections, those that may be answered at once. */
const RESPONSES = 0.8;
const MAX_HEADER_BYTES = 16 * 1024;
const SLOWEST: Slowness = { head: 10_000, whole: 60_000, check: 5000 };
/** Longer than the usual proxies keep a connection: otherwise they send requests into one that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** One HTTP server for every network transport, and the checks at its edge. */
export class HttpTransport {
  private readonly options: HttpTransportOptions;
  private readonly server: Server;
  private readonly open: OpenResponses;
  /** By the address that each comes from: who it is, is only known with a request. */
  private readonly connections: Shares<Socket>;
  private readonly revocations: RevocationWatch | undefined;
  private readonly sending: SharedBudget;
  private readonly addressOf: AddressOf;
  private isStopping = false;

  constructor(options: HttpTransportOptions) {
    const { slowness = SLOWEST, maxConnections = MAX_CONNECTIONS } = options;
    this.options = options;
    this.addressOf = options.addressOf ?? clientAddresses();
    this.sending = options.sending ?? new SharedBudget(SEND_LIMITS);
    this.revocations = options.revocations ?? (options.admission && new RevocationWatch(options.admission));
    this.server = createServer(
      {
        maxHeaderSize: MAX_HEADER_BYTES,
        headersTimeout: slowness.head,
        requestTimeout: slowness.whole,
        connectionsCheckingInterval: slowness.check,
        keepAliveTimeout: KEEP_ALIVE_MS,
        ...leavesHttp,
      },
      (request, response) => this.contain(request, response),
    );
    this.open = new OpenResponses(Math.ceil(maxConnections * RESPONSES));
    this.connections = new Shares({
      most: maxConnections,
      idleSince: (socket) => (this.open.isServing(socket) ? undefined : 0), // the oldest is looked at first
    });
    this.server.on('connection', (socket: Socket) => this.connect(socket));
    this.server.on('upgrade', (request, socket, head) => {
      this.upgrade(request, socket, head).catch((error) => this.fail(error, socket));
    });
  }

  /** Begins to listen. @returns the address, with the port that was got */
  listen(): Promise<AddressInfo> {
    const { host, port, onFailure } = this.options;
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.on('error', onFailure);
        resolve(this.server.address() as AddressInfo);
      });
    });
  }

  /** True while new work is taken. */
  get isAccepting(): boolean {
    return !this.isStopping;
  }

  get requestsInFlight(): number {
    return this.options.connections.requestsInFlight;
  }

  /**
   * Takes no new work and says so to who brings some, lets what is under way finish, and closes every connection; resolves at
   * `exit` at the latest.
   */
  async close({ drain, exit }: ShutdownDeadlines): Promise<void> {
    this.isStopping = true;
    this.revocations?.close();
    const ended = this.options.connections.closeAll(drain);
    await Promise.race([ended.then(() => this.open.whenNone()), exit]);
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Ends the connection of a request for which something is thrown: in the emitter that would end the process. */
  private contain(request: IncomingMessage, response: ServerResponse): void {
    try {
      this.receive(request, response);
    } catch (error) {
      this.fail(error, response);
    }
  }

  /** One of the same address that waits for a request, or for the rest of one, gives way. */
  private connect(socket: Socket): void {
    const address = countedAddress(socket.remoteAddress);
    const place = this.connections.placeFor(address);
    place?.displaced?.destroy();
    if (place === undefined) {
      socket.destroy();
      return;
    }
    this.connections.add(address, socket);
    socket.once('close', () => {
      this.connections.delete(socket);
      this.open.closeQueued(socket);
    });
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    this.open.add(request, response);
    const endpoint = this.options.endpoints.get(requestPath(request));
    const refusal = endpoint?.isProbe ? ambiguityOf(request) : this.refusalOf(request, response);
    if (refusal) this.refuse(refusal, request, response);
    else if (isPreflight(request)) answerPreflight(request, response);
    else if (!endpoint) this.refuse(pathUnknown, request, response);
    else this.admit(endpoint, request, response).catch((error) => this.fail(error, response));
  }

  private async admit(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { admission } = this.options;
    const isOpen = endpoint.isProbe || endpoint.isAnonymous || !admission;
    const admitted = isOpen ? this.networkUserAt(request) : await admission.admit(request);
    if ('status' in admitted) this.refuse(admitted, request, response);
    else if (!endpoint.isProbe && !this.open.claim(response, countedName(admitted))) {
      this.refuse(tooManyClients, request, response);
    } else {
      this.revocations?.add(admitted, response);
      await endpoint.handle(
        new HttpExchange({ request, response, principal: admitted, sending: this.sending }),
      );
    }
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy()); // until someone else takes care of it
    const response = responseOn(request, socket);
    const endpoint = this.options.upgrades.get(requestPath(request));
    const admitted = await this.admitUpgrade(endpoint, request, response);
    if ('status' in admitted) {
      response.once('finish', () => socket.end());
      this.refuse(admitted, request, response);
    } else {
      response.detachSocket(socket as Socket);
      this.open.keep(socket);
      this.revocations?.add(admitted, socket);
      endpoint?.upgrade(request, socket, head, admitted);
    }
  }

  private async admitUpgrade(
    endpoint: UpgradeEndpoint | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Principal | Refusal> {
    const refusal = this.refusalOf(request, response);
    if (refusal) return refusal;
    if (!endpoint) return pathUnknown;
    const admitted = await (this.options.admission?.admit(request) ?? this.networkUserAt(request));
    return !('status' in admitted) && !endpoint.makeRoomFor(admitted) ? tooManyClients : admitted;
  }

  /** The refusal of the edge, if there is one. */
  private refusalOf(request: IncomingMessage, response: ServerResponse): Refusal | undefined {
    const ambiguity = ambiguityOf(request);
    if (ambiguity) return ambiguity;
    const { origin } = request.headers;
    const host = requestHost(request);
    const foreign = findForeignName({ host, origin }, this.options.allowed);
    if (foreign !== undefined) return foreignName(foreign);
    if (origin !== undefined) shareWith(origin, response);
    return this.isStopping ? stopping : undefined;
  }

  private refuse(refusal: Refusal, request: IncomingMessage, response: ServerResponse): void {
    this.options.onRefused(refusal, request);
    const principal = this.networkUserAt(request);
    new HttpExchange({ request, response, principal, sending: this.sending }).refuse(refusal);
  }

  /** The one user that everybody is where nobody has to authenticate; counted by address. */
  private networkUserAt(request: IncomingMessage): Principal {
    return { ...networkUser, countedAs: countedAddress(this.addressOf(request)) };
  }

  /** @param way what the client would have been answered on */
  private fail(error: unknown, way: Writable): void {
    this.options.onFailure(error);
    way.destroy();
  }
}

/** The refusal of a request that says several things where it may say one. */
function ambiguityOf(request: IncomingMessage): Refusal | undefined {
  const repeated = findRepeatedHeader(request);
  return repeated === undefined ? undefined : headerRepeated(repeated);
}

/**
 * Clients of Java and .NET ask with each request to go on in HTTP/2: it is answered in HTTP/1.1 (RFC 9110, 7.8). Node.js 22.21 is
 * the first to ask, and its types lag behind.
 */
const leavesHttp = {
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
};

/** For a request that was to leave HTTP and may not. */
function responseOn(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.assignSocket(socket as Socket);
  return response;
}
