/** Names for things that must never get the same one. They identify; they authorise nothing. */
export interface IdGenerator {
  /** A UUID version 7 (RFC 9562), sortable by time. */
  next(): string;
}
