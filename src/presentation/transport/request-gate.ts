import type { Batch, Message } from '../jsonrpc/message.ts';
import { isRequestId, parseFrame } from '../jsonrpc/parse.ts';
import type { Peer } from '../jsonrpc/peer.ts';

/** Requests of one client that are worked on at once: each answer can be megabytes. */
const MOST_AT_ONCE = 256;

/** Characters that may wait for a client that doesn't read its answers: then nothing more is read. */
const MOST_UNREAD = 1024 * 1024;

/** Characters that may wait for work: more, since the client's own answers and cancellations, which could end it, come behind. */
const MOST_WAITING = 16 * 1024 * 1024;

export interface RequestGateOptions {
  readonly peer: Pick<Peer, 'receive' | 'take' | 'requestsInFlight'>;
  /** Tells whether the client reads its answers too slowly; whoever changes that calls `proceed`. */
  readonly isSlow: () => boolean;
  /** Called when as much waits as may, and when there is room again. */
  readonly onFull: (isFull: boolean) => void;
}

/**
 * Requests wait here while the client reads none of its answers, or has too many under way; notifications and answers don't. The
 * input is read on until the gate is full, so that they come through and its end is seen.
 */
export class RequestGate {
  private readonly options: RequestGateOptions;
  private waiting: Held[] = [];
  private length = 0;
  private isFull = false;
  private isBeginning = false;
  private readonly emptied: (() => void)[] = [];

  constructor(options: RequestGateOptions) {
    this.options = options;
  }

  /** Requests that were not begun. */
  get size(): number {
    return this.waiting.length;
  }

  /** Takes one frame as it came. */
  receive(text: string): void {
    const { peer } = this.options;
    if (this.waiting.length === 0 && this.mayBegin()) {
      peer.receive(text);
      return;
    }
    const frame = parseFrame(text);
    if (membersOf(frame).some(isRequest)) this.hold(frame, text.length);
    else if (!this.dropped(frame)) peer.take(frame);
  }

  /** Begins with what waits, as far as may be. A request that is answered at once calls it again, from within. */
  proceed(): void {
    if (this.isBeginning) return;
    this.isBeginning = true;
    try {
      while (this.mayBegin()) {
        const next = this.waiting.shift();
        if (next === undefined) break;
        this.length -= next.length;
        this.options.peer.take(next.frame);
      }
    } finally {
      this.isBeginning = false;
    }
    this.checkFull();
    if (this.waiting.length === 0) for (const resolve of this.emptied.splice(0)) resolve();
  }

  /** Resolves when nothing waits. */
  whenEmpty(): Promise<void> {
    if (this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.emptied.push(resolve));
  }

  /** Forgets what waits: it is never begun. */
  clear(): void {
    this.waiting = [];
    this.length = 0;
    this.proceed();
  }

  private mayBegin(): boolean {
    return !this.options.isSlow() && this.options.peer.requestsInFlight < MOST_AT_ONCE;
  }

  private hold(frame: Message | Batch, length: number): void {
    this.waiting.push({ frame, length });
    this.length += length;
    this.checkFull();
  }

  /** True for the cancellation of a request that waits, which is forgotten. */
  private dropped(frame: Message | Batch): boolean {
    if (frame.kind !== 'notification' || frame.method !== 'notifications/cancelled') return false;
    const id = frame.params?.['requestId'];
    if (!isRequestId(id)) return false;
    const isMeant = (message: Message) => isRequest(message) && message.id === id;
    const at = this.waiting.findIndex((held) => membersOf(held.frame).some(isMeant));
    const held = this.waiting[at];
    if (held === undefined) return false;
    const members = membersOf(held.frame).filter((message) => !isMeant(message));
    if (members.length > 0) this.waiting[at] = { ...held, frame: { kind: 'batch', members } };
    else {
      this.waiting.splice(at, 1);
      this.length -= held.length;
    }
    return true;
  }

  private checkFull(): void {
    const most = this.options.isSlow() ? MOST_UNREAD : MOST_WAITING;
    const isFull = this.length > (this.isFull ? most / 2 : most);
    if (isFull === this.isFull) return;
    this.isFull = isFull;
    this.options.onFull(isFull);
  }
}

interface Held {
  readonly frame: Message | Batch;
  readonly length: number;
}

const membersOf = (frame: Message | Batch): readonly Message[] =>
  frame.kind === 'batch' ? frame.members : [frame];

const isRequest = (message: Message) => message.kind === 'request';
