/** The time, as an argument instead of a global. */
export interface Clock {
  /** ISO 8601, UTC. */
  timestamp(): string;
  /** Milliseconds since some fixed moment; never goes backwards. */
  monotonic(): number;
}
