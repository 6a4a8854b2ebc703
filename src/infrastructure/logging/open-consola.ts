import type { LogFields, LogThreshold } from '../../application/ports/logger.ts';
import type { Redactor } from '../../domain/policy/redact.ts';
import { BoundedOutput, type LogStream } from './bounded-output.ts';
import { type FormatLine, formatJson, type LogLine, prettyFormat, wantsColours } from './format-line.ts';
import type { RotatingFileOptions } from './rotating-file.ts';

export interface OpenConsolaOptions {
  /** `auto` is pretty on a terminal, else JSON. */
  readonly format: 'auto' | 'pretty' | 'json';
  readonly redactor: Redactor;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called for the first line: opening stderr takes time that a silent start needn't spend. */
  readonly openStream: () => LogStream;
  /** The file that lines go to instead, as long as it takes them. */
  readonly file?: RotatingFileOptions | undefined;
}

export interface OpenConsola {
  write(line: LogLine): void;
  /**
   * Settles when every line is read, and at the latest after so many milliseconds. What the file has not taken by then goes to the
   * stream, which has as long again.
   */
  flush(deadline: number): Promise<void>;
}

/** Loads consola and puts it in front of the stream, and nothing else: consola's own reporters know stdout. */
export async function openConsola(
  options: OpenConsolaOptions,
  reportDropped: (dropped: number) => void,
): Promise<OpenConsola> {
  // The core alone: consola's other entries make an instance of their own on import, which opens stdout.
  const { createConsola } = await import('consola/core');
  const { redactor } = options;
  const { stream, formatLine, giveUp } = await open(options);
  const output = new BoundedOutput(stream, reportDropped);
  const consola = createConsola({
    // Levels are decided before consola is asked.
    level: Number.POSITIVE_INFINITY,
    // Repeated lines are never held back. Zero wouldn't do when the clock is set back.
    throttle: Number.NEGATIVE_INFINITY,
    reporters: [
      {
        log: ({ date, type, args: [message, fields] }) =>
          output.write(
            formatLine({
              time: date,
              level: type as LogThreshold,
              message: redactor.text(message),
              fields: redactFields(redactor, fields),
            }),
          ),
      },
    ],
  });
  return {
    write: ({ time, level, message, fields }) => consola[level]({ date: time, args: [message, fields] }),
    flush: async (deadline) => {
      await output.flush(deadline);
      if (giveUp()) await output.flush(deadline);
    },
  };
}

interface OpenStream {
  readonly stream: LogStream;
  readonly formatLine: FormatLine;
  /** As that of a log file. */
  readonly giveUp: () => boolean;
}

async function open(options: OpenConsolaOptions): Promise<OpenStream> {
  const { file, openStream, redactor } = options;
  if (file === undefined) {
    const stream = openStream();
    return { stream, formatLine: chooseFormat(options, stream), giveUp: () => false };
  }
  const { LogFile } = await import('./log-file.ts');
  const formatLine = chooseFormat(options, { isTTY: false });
  const warn = (message: string, fields: LogFields) =>
    formatLine({ time: new Date(), level: 'warn', message, fields: redactFields(redactor, fields) });
  const stream = new LogFile({ ...file, openFallback: openStream, warn });
  return { stream, formatLine, giveUp: () => stream.giveUp() };
}

function chooseFormat(
  { format, environment }: OpenConsolaOptions,
  stream: Pick<LogStream, 'isTTY'>,
): FormatLine {
  const pretty = format === 'pretty' || (format === 'auto' && stream.isTTY === true);
  return pretty ? prettyFormat(wantsColours(stream, environment)) : formatJson;
}

function redactFields(redactor: Redactor, fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, redactor.field(name, value)]),
  );
}
