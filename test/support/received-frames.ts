import type { Frame } from './server-process.ts';
import { WireAudit } from './wire-audit.ts';

/** Frames that came over a connection, each with the question it answers; answers to our own questions are kept apart. */
export class ReceivedFrames {
  readonly all: Frame[] = [];
  private readonly sent: string[] = [];
  private readonly pongs = new Map<string, () => void>();
  private another = Promise.withResolvers<void>();

  noteSent(text: string): void {
    this.sent.push(text);
  }

  push(frame: Frame): void {
    const pong = this.pongs.get(frame.id);
    if (pong) pong();
    else this.all.push(frame);
    this.another.resolve();
    this.another = Promise.withResolvers();
  }

  /** Resolves with the first frame, early or yet to come, that fits. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.all.find(fits);
      if (found !== undefined) return found;
      await this.another.promise;
    }
  }

  /** Pings, which both eras answer alike: the server says whatever it has to say to earlier messages before it answers. */
  async ping(write: (text: string) => void | Promise<void>): Promise<void> {
    const id = `ping-${this.pongs.size + 1}`;
    const answered = new Promise<void>((resolve) => this.pongs.set(id, resolve));
    await write(JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' }));
    await answered;
  }

  /** @throws Error when a frame breaks its schema */
  audit(): void {
    const audit = new WireAudit();
    for (const text of this.sent) audit.sent(text);
    for (const frame of this.all) audit.received(frame);
  }
}
