/** The part of `process.stderr` that the logger needs. */
export interface LogStream {
  /** True if a person looks at it. */
  readonly isTTY?: boolean | undefined;
  /** Bytes that wait for their reader. */
  readonly writableLength: number;
  write(text: string, written: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
}
