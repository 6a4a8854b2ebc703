/** The `tools` section of the configuration, and `claude.timeout`: how much a tool takes and gives. Nobody can change them while the server runs. */
export interface ToolLimits {
  /** Bytes of text that reading, listing, searching and commands answer where the call doesn't ask for more; 16 KiB. */
  readonly answerBytes: number;
  /** Bytes of encoded text that a read hands out; 256 KiB, at most 8 MiB. */
  readonly maxReadBytes: number;
  /** Bytes of a picture that a read hands out; 3,750,000, which are 5,000,000 as base64. */
  readonly maxImageBytes: number;
  /** Bytes of encoded output that a command's result holds; 256 KiB, at most 8 MiB. */
  readonly maxOutputBytes: number;
  /** Bytes that one call may write; 16 MiB. */
  readonly maxWriteBytes: number;
  /** Entries of a listing where the call names no limit; 1,000, and 50,000 at most a call. */
  readonly maxEntries: number;
  /** Matches of a search where the call names no limit; 200, and 10,000 at most a call. */
  readonly maxResults: number;
  /** Seconds that a command may run where the call names none; 30. */
  readonly commandTimeout: number;
  /** Seconds that a call may ask for; 600. */
  readonly maxCommandTimeout: number;
  /** Commands that run at once; 16. */
  readonly maxConcurrentCommands: number;
  /** Seconds that one answer of Claude may take; 120. */
  readonly claudeTimeout: number;
}
