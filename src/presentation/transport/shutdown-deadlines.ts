/** The two moments of a stop. */
export interface ShutdownDeadlines {
  /** Resolves when what is then still under way is aborted, and has the time that is left to clean up. */
  readonly drain: Promise<void>;
  /** Resolves when the process ends, whatever is still under way. */
  readonly exit: Promise<void>;
}
