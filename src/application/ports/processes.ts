import type { CommandLine } from '../../domain/policy/commands/command-line.ts';
import type { CapturedOutput } from '../../domain/policy/commands/output-cut.ts';

export interface CommandRequest {
  readonly line: CommandLine;
  /** Absolute; the path policy has let it through. */
  readonly directory: string;
  /** All that the command gets, but for the mark that its descendants are found by. */
  readonly environment: Readonly<Record<string, string>>;
  /** Without it the command's input is empty; never the server's. */
  readonly stdin?: string | undefined;
  readonly timeoutMs: number;
  /** The locale's encoding, for output that isn't UTF-8. */
  readonly encoding?: string | undefined;
  /** Bytes of each output that are kept: half of it from the beginning, half from the end. */
  readonly maxOutputBytes: number;
  /** Called with the number of bytes whenever the command writes some. */
  readonly onOutput?: (bytes: number) => void;
}

/** A process that a command had started and that still ran when it had ended. */
export interface LeftProcess {
  readonly name: string;
  readonly pid: number;
}

/** The outcome of a command that could be started. */
export interface CommandOutcome {
  /** Null when a signal ended it, or when it could not be ended. */
  readonly exitCode: number | null;
  /** The signal that ended it, as in "SIGTERM". */
  readonly signal: string | null;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  /** It took longer than it was given, and was ended. */
  readonly timedOut: boolean;
  readonly durationMs: number;
  /** Processes that it left running and that are being ended; none where that can't be told. */
  readonly leftRunning: readonly LeftProcess[];
}

/** Commands of the machine. */
export interface Processes {
  /**
   * Runs a command and answers when it has ended, though something that it started may still be there: that is then ended too,
   * as all of it is when time is up or the signal is aborted.
   * @throws the signal's reason, once the command and what it started have ended
   * @throws DomainError `command.not-found`, `command.invalid`, `command.denied`, `command.too-long`, `command.not-started`
   */
  run(request: CommandRequest, signal: AbortSignal): Promise<CommandOutcome>;
}
