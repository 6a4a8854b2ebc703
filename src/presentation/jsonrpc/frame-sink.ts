import type { TraceContext } from '../../application/request-context.ts';

export interface SendOptions {
  /** May be left out while the reader is slow. */
  readonly droppable?: boolean;
}

/** A sink of frames. */
export interface FrameSink {
  /** Writes a frame whole, after those before it. */
  send(frame: string, options?: SendOptions): void;
}

/**
 * A sink for the answer to a frame that came, and for whatever belongs to it before. Transports with one stream for everything need
 * none; on HTTP each POST has its own.
 */
export interface Reply extends FrameSink {
  /** The trace that the transport's own request was in, where it has one and said so. */
  readonly trace?: TraceContext | undefined;
  /**
   * Called once, when everything that the frame asked for is answered: nothing follows.
   * @param answer undefined when there is none: notifications, responses, cancelled requests
   * @param error the JSON-RPC error number, when the answer is one error
   */
  finish(answer: string | undefined, error?: number): void;
}
