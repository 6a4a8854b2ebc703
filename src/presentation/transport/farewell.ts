/** How a stop goes. */
export interface Farewell {
  /** Resolves when what is then still under way is aborted, and has the time that is left to clean up. */
  readonly patience: Promise<void>;
  /** Resolves when the process ends, whatever is still under way. */
  readonly deadline: Promise<void>;
}
