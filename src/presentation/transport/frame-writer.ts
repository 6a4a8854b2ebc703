import type { Writable } from 'node:stream';
import type { FrameSink } from '../jsonrpc/frame-sink.ts';

/** Bytes or so that may wait for a slow reader before we stop taking new work from it. */
const HIGH_WATER = 1024 * 1024;

/** Characters that are joined into one write at the most: larger frames go alone, so that no second copy of them is made. */
const JOIN_LIMIT = 64 * 1024;

export interface FrameWriterOptions {
  readonly stream: Writable;
  readonly write: Writable['write'];
  /** The reader is slow: take nothing new until it has caught up. */
  readonly onBackpressure: (isSlow: boolean) => void;
}

/** Writes frames as lines, whole and in order, one system call a turn of the event loop where they are small. */
export class FrameWriter implements FrameSink {
  private readonly options: FrameWriterOptions;
  private frames: string[] = [];
  private scheduled = false;
  private slow = false;
  private broken = false;

  constructor(options: FrameWriterOptions) {
    this.options = options;
    options.stream.on('drain', () => this.onDrain());
  }

  send(frame: string, options?: { readonly droppable?: boolean }): void {
    if (this.broken || (this.slow && options?.droppable)) return;
    this.frames.push(frame);
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(this.flush);
  }

  /** What is sent while `work` runs leaves together at its end. */
  gather(work: () => void): void {
    this.scheduled = true;
    try {
      work();
    } finally {
      this.flush();
    }
  }

  /** The reader is gone: nothing is written any more. */
  break(): void {
    this.broken = true;
    this.frames = [];
  }

  /** Resolves when everything sent so far is with the operating system, or can't be any more. */
  finish(): Promise<void> {
    this.flush();
    return new Promise((resolve) => {
      if (this.broken) resolve();
      else this.options.write('', () => resolve());
    });
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    const { frames } = this;
    if (frames.length === 0) return;
    this.frames = [];
    let text = '';
    for (const frame of frames) {
      if (text.length + frame.length > JOIN_LIMIT && text !== '') {
        this.options.write(text);
        text = '';
      }
      text += `${frame}\n`;
    }
    this.options.write(text);
    if (!this.slow && this.options.stream.writableLength > HIGH_WATER) this.setSlow(true);
  };

  private onDrain(): void {
    if (this.slow) this.setSlow(false);
  }

  private setSlow(slow: boolean): void {
    this.slow = slow;
    this.options.onBackpressure(slow);
  }
}
