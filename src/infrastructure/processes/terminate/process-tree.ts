/** A command and all that descends from it, wherever that went. */
export interface ProcessTree {
  /** The command's own process, which leads its group. */
  readonly leader: number;
  /** The mark that its descendants carry in their environment. */
  readonly mark: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
}
