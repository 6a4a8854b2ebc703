import type { LogFields, LogThreshold } from '../../application/ports/logger.ts';
import type { Redactor } from '../../domain/policy/redact.ts';
import { BoundedOutput } from './bounded-output.ts';
import { formatJson } from './format-json.ts';
import { prettyFormat } from './format-pretty.ts';
import type { FormatLine, LogLine } from './log-line.ts';
import type { LogStream } from './log-stream.ts';
import { wantsColours } from './wants-colours.ts';

export interface OpenConsolaOptions {
  /** `auto` is pretty on a terminal, else JSON. */
  readonly format: 'auto' | 'pretty' | 'json';
  readonly redactor: Redactor;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called for the first line: opening stderr takes time that a silent start needn't spend. */
  readonly openStream: () => LogStream;
}

export interface OpenConsola {
  write(line: LogLine): void;
  /** Settles when every line is read, and at the latest after so many milliseconds. */
  flush(deadline: number): Promise<void>;
}

/** Loads consola and puts it in front of the stream, and nothing else: consola's own reporters know stdout. */
export async function openConsola(
  { format, redactor, environment, openStream }: OpenConsolaOptions,
  reportDropped: (dropped: number) => void,
): Promise<OpenConsola> {
  // The core alone: consola's other entries make an instance of their own on import, which opens stdout.
  const { createConsola } = await import('consola/core');
  const stream = openStream();
  const output = new BoundedOutput(stream, reportDropped);
  const formatLine = chooseFormat(format, stream, environment);
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
    flush: (deadline) => output.flush(deadline),
  };
}

function chooseFormat(
  format: OpenConsolaOptions['format'],
  stream: LogStream,
  environment: OpenConsolaOptions['environment'],
): FormatLine {
  const pretty = format === 'pretty' || (format === 'auto' && stream.isTTY === true);
  return pretty ? prettyFormat(wantsColours(stream, environment)) : formatJson;
}

function redactFields(redactor: Redactor, fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, redactor.field(name, value)]),
  );
}
