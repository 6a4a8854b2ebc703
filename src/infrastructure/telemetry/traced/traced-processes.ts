import { posix, win32 } from 'node:path';
import type { CommandOutcome, CommandRequest, Processes } from '../../../application/ports/processes.ts';
import type { SpanAttributes, Tracer } from '../../../application/ports/telemetry.ts';
import type { TraceContext } from '../../../application/request-context.ts';
import { withinSpan } from './within-span.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Tells each command by a span, and the command of that span, by the variables that OpenTelemetry has for it (specification, context,
 * environment variable carriers). Of the command line, only the program's name.
 * @param inherited the server's own environment: what a call sets itself stays
 */
export function tracedProcesses(processes: Processes, inherited: Variables, tracer: Tracer): Processes {
  return {
    run: async (request, signal) => {
      const program = programOf(request);
      return await withinSpan(tracer, { name: program, kind: 'internal', signal }, async (span) => {
        span.set({ 'process.executable.name': program });
        const environment = withTrace(request.environment, span.trace, inherited);
        const outcome = await processes.run({ ...request, environment }, signal);
        span.set(outcomeAttributes(outcome));
        const failure = failureOf(outcome);
        if (failure !== undefined) span.fail(failure);
        return outcome;
      });
    },
  };
}

const PROGRAM = /^[\w.+-]{1,64}$/;

/** The program's name, if it could be one; of a line for a shell, the shell's, since a line can begin with anything. */
function programOf({ line }: CommandRequest): string {
  if ('command' in line) return 'shell';
  const name = (process.platform === 'win32' ? win32 : posix).basename(line.argv[0] ?? '');
  return PROGRAM.test(name) ? name : '_OTHER';
}

function withTrace(
  environment: CommandRequest['environment'],
  { traceparent, tracestate }: TraceContext,
  inherited: Variables,
): CommandRequest['environment'] {
  const { TRACEPARENT: given, TRACESTATE: _, ...others } = environment;
  if (given !== undefined && given !== inherited['TRACEPARENT']) return environment;
  return {
    ...others,
    TRACEPARENT: traceparent,
    ...(tracestate !== undefined && { TRACESTATE: tracestate }),
  };
}

function outcomeAttributes({ exitCode }: CommandOutcome): SpanAttributes {
  return { 'process.exit.code': exitCode ?? undefined };
}

function failureOf({ exitCode, signal, timedOut }: CommandOutcome): string | undefined {
  if (timedOut) return 'timeout';
  if (signal !== null) return signal;
  return exitCode === 0 ? undefined : String(exitCode ?? '_OTHER');
}
