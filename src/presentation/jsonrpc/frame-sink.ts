/** Where frames go. */
export interface FrameSink {
  /** Writes a frame whole, after those before it. A droppable one may be left out while the reader is slow. */
  send(frame: string, options?: { readonly droppable?: boolean }): void;
}
