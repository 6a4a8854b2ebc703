import type { Writable } from 'node:stream';
import { wholeEnd } from '../../domain/text/utf8.ts';
import type { FrameSink } from '../jsonrpc/frame-sink.ts';

/** Bytes or so that may wait for a slow reader before we stop taking new work from it. */
const HIGH_WATER = 1024 * 1024;

/** Characters that are joined into one write at the most. */
const JOIN_LIMIT = 64 * 1024;

/** Longer frames go out in parts: never in memory whole as bytes too, and with other work of the event loop in between. */
const WHOLE_LIMIT = 256 * 1024;

/** Characters of a part, as many as a pipe takes. */
const PART = 64 * 1024;

export interface FrameWriterOptions {
  readonly stream: Writable;
  readonly write: Writable['write'];
  /** The reader is slow: take nothing new until it has caught up. */
  readonly onBackpressure: (isSlow: boolean) => void;
}

/** Writes frames as lines, whole and in order, one system call an iteration of the event loop where they are small. */
export class FrameWriter implements FrameSink {
  private readonly options: FrameWriterOptions;
  private frames: string[] = [];
  private framesLength = 0;
  private scheduled = false;
  /** Frames that the stream has not got yet, because a part of a large frame is being written. */
  private waiting: string[] = [];
  private waitingLength = 0;
  private isPartUnderWay = false;
  private bytes: Buffer | undefined;
  private readonly finishing: (() => void)[] = [];
  private slow = false;
  private broken = false;

  constructor(options: FrameWriterOptions) {
    this.options = options;
    options.stream.on('drain', () => this.catchUp());
  }

  send(frame: string, options?: { readonly droppable?: boolean }): void {
    if (this.broken || (this.slow && options?.droppable)) return;
    this.frames.push(frame);
    this.framesLength += frame.length;
    if (this.framesLength > HIGH_WATER) this.tellSlow();
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(this.flush);
  }

  /** Sends the frames of `work` together at its end. */
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
    this.framesLength = 0;
    this.waiting = [];
    this.waitingLength = 0;
  }

  /** Resolves when everything sent so far is with the operating system, or can't be any more. */
  finish(): Promise<void> {
    this.flush();
    return new Promise((resolve) => {
      if (this.broken) resolve();
      else if (this.waiting.length > 0) this.finishing.push(resolve);
      else this.options.write('', () => resolve());
    });
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    const { frames } = this;
    if (frames.length === 0) return;
    this.frames = [];
    this.framesLength = 0;
    let text = '';
    for (const frame of frames) {
      if (text.length + frame.length > JOIN_LIMIT && text !== '') {
        this.write(text);
        text = '';
      }
      if (frame.length > WHOLE_LIMIT) this.write(frame);
      text += frame.length > WHOLE_LIMIT ? '\n' : `${frame}\n`; // to append to a large frame is to copy it
    }
    this.write(text);
    if (this.waitingLength + this.options.stream.writableLength > HIGH_WATER) this.tellSlow();
    else if (this.slow) this.catchUp(); // it took at once what had been too much
  };

  private tellSlow(): void {
    if (this.slow) return;
    this.slow = true;
    this.options.onBackpressure(true);
  }

  private write(text: string): void {
    this.waiting.push(text);
    this.waitingLength += text.length;
    this.proceed();
  }

  /** Hands the stream what waits, up to a part of a large frame. */
  private proceed(): void {
    while (!this.isPartUnderWay) {
      const text = this.waiting.shift();
      if (text === undefined) return;
      const end = partEnd(text);
      this.waitingLength -= end;
      if (end === text.length) {
        this.options.write(text);
        continue;
      }
      this.waiting.unshift(text.slice(end));
      this.isPartUnderWay = true;
      this.options.write(this.encode(text.slice(0, end)), (error) => {
        this.isPartUnderWay = false;
        if (error) this.break();
        this.proceed();
        this.catchUp();
      });
    }
  }

  /** Into the same memory for each part: they go one after the other, and memory made anew costs more than the copy. */
  private encode(part: string): Uint8Array {
    this.bytes ??= Buffer.allocUnsafeSlow((PART + 1) * 3);
    return this.bytes.subarray(0, this.bytes.write(part));
  }

  /** The stream has written something: perhaps everything, and perhaps somebody waits for that. */
  private catchUp(): void {
    if (this.waiting.length > 0) return;
    for (const resolve of this.finishing.splice(0)) this.options.write('', () => resolve());
    if (!this.slow || this.options.stream.writableNeedDrain) return;
    this.slow = false;
    this.options.onBackpressure(false);
  }
}

/** The end of the first part of a text: no pair of surrogates is split. */
function partEnd(text: string): number {
  return text.length <= WHOLE_LIMIT ? text.length : wholeEnd(text, PART);
}
