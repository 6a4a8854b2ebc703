import type { FrameSink } from '../jsonrpc/frame-sink.ts';
import type { Services } from './services.ts';

/** The parts of a connection, whatever it speaks. */
export interface ConnectionOptions {
  readonly services: Services;
  readonly sink: FrameSink;
  /** Bytes that no frame of ours may reach. */
  readonly maxFrameBytes: number;
  readonly onUnexpected: (error: unknown, method: string) => string;
  readonly onRefused: (reason: string) => void;
}
