import type { Eventual } from '../../../../application/eventual.ts';

export interface MessageQueueOptions<Message> {
  readonly take: (message: Message) => Eventual<void>;
  /** Tells whether none is to be taken for now; whoever changes that calls `proceed`. */
  readonly isPaused: () => boolean;
  /** Tells whether answers are yet to come: the next message then waits for a pass of the event loop, when they may have. */
  readonly isAnswering: () => boolean;
  /** Told of what `take` throws; the next message is taken all the same. */
  readonly onFailure: (error: unknown, message: Message) => void;
}

/**
 * Messages of one connection, in their order: the next is taken when the one before was. To stop reading is not enough to take no
 * more from a client that reads no answers: what had been read by then can be many messages.
 */
export class MessageQueue<Message> {
  private readonly options: MessageQueueOptions<Message>;
  private waiting: Message[] = [];
  private isTaking = false;

  constructor(options: MessageQueueOptions<Message>) {
    this.options = options;
  }

  /** Takes the message at once, if none is before it. */
  add(message: Message): void {
    this.waiting.push(message);
    this.proceed();
  }

  proceed(): void {
    while (!this.isTaking && !this.options.isPaused()) {
      const message = this.waiting.shift();
      if (message === undefined) return;
      this.take(message);
    }
  }

  /** Forgets what was not taken. @returns that */
  clear(): readonly Message[] {
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }

  private take(message: Message): void {
    const { take, onFailure } = this.options;
    this.isTaking = true;
    try {
      const taken = take(message);
      if (taken instanceof Promise)
        taken.catch((error) => onFailure(error, message)).finally(() => this.finishLater());
      else this.finish();
    } catch (error) {
      onFailure(error, message);
      this.finish();
    }
  }

  private finish(): void {
    if (this.options.isAnswering()) setImmediate(() => this.finishLater());
    else this.isTaking = false;
  }

  private finishLater(): void {
    this.isTaking = false;
    this.proceed();
  }
}
