import * as v from 'valibot';
import {
  childEnvironment,
  type Environment,
  type EnvironmentSource,
  withVariables,
} from '../../../domain/policy/commands/child-environment.ts';
import { commandLineOf } from '../../../domain/policy/commands/command-line.ts';
import { type CommandRules, judgeCommand } from '../../../domain/policy/commands/command-policy.ts';
import { localeEncoding } from '../../../domain/policy/commands/locale-encoding.ts';
import { outputLimit } from '../../../domain/policy/commands/output-cut.ts';
import { requireDirectoryOfShell, windowsLine } from '../../../domain/policy/commands/windows-command.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { lazily } from '../../../domain/shared/lazily.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { PathGrants } from '../../ports/path-grants.ts';
import type { Processes } from '../../ports/processes.ts';
import type { RequestContext } from '../../request-context.ts';
import { answerBytes } from '../answer-bytes.ts';
import { optionalText, wholeNumber } from '../arguments.ts';
import { defineTool } from '../define/define-tool.ts';
import type { ToolLimits } from '../tool-limits.ts';
import { startProgress } from './command-progress.ts';
import { commandOutput, commandResult } from './command-result.ts';
import { requireApproval } from './require-approval.ts';

export interface ExecuteCommandDependencies {
  readonly processes: Processes;
  readonly files: Pick<Files, 'directory'>;
  readonly grants: PathGrants;
  readonly clock: Clock;
  readonly limits: Pick<
    ToolLimits,
    'answerBytes' | 'maxOutputBytes' | 'commandTimeout' | 'maxCommandTimeout' | 'maxConcurrentCommands'
  >;
  readonly rules: CommandRules;
  readonly environment: EnvironmentSource;
}

/** Seconds that the pipeline gives beyond the longest command: to end what was started, and to read what it wrote. */
const ENDING_SECONDS = 15;

/** Not to be offered where `offersCommands(rules)` says no. */
export const executeCommandTool = (dependencies: ExecuteCommandDependencies) => {
  const { limits } = dependencies;
  const input = inputOf(limits);
  const baseEnvironment = lazily(() => childEnvironment(dependencies.environment));
  return defineTool({
    name: 'execute_command',
    title: 'Execute command',
    description:
      'Runs a command and returns its exit code and output. Give either command or argv. What it leaves running is ended.',
    category: 'system',
    tags: ['system', 'command'],
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    scope: 'tools:execute',
    concurrency: limits.maxConcurrentCommands,
    timeout: limits.maxCommandTimeout + ENDING_SECONDS,
    largestAnswer: limits.maxOutputBytes,
    input,
    output: commandOutput,
    handle: (args, context) => executeCommand(args, context, dependencies, baseEnvironment),
  });
};

const inputOf = ({
  answerBytes: bytes,
  maxOutputBytes,
  commandTimeout,
  maxCommandTimeout,
}: ExecuteCommandDependencies['limits']) =>
  v.strictObject({
    command: v.optional(
      v.pipe(v.string(), v.description('Shell line: /bin/sh -c, on Windows cmd.exe /d /s /c')),
    ),
    argv: v.optional(v.pipe(v.array(v.string()), v.description('Program and its arguments, no shell'))),
    working_dir: optionalText('Directory to run in (default: the first allowed one)'),
    timeout: v.optional(
      v.pipe(
        v.number(),
        v.minValue(0.1),
        v.maxValue(maxCommandTimeout, `expected at most ${maxCommandTimeout} seconds (not milliseconds)`),
        v.description('Seconds until the command is ended'),
      ),
      Math.min(commandTimeout, maxCommandTimeout),
    ),
    env: v.optional(
      v.pipe(v.objectWithRest({}, v.string()), v.description("Variables to set besides the server's own")),
      {},
    ),
    stdin: v.optional(v.pipe(v.string(), v.description('Its standard input (default: none)'))),
    max_output: v.optional(
      wholeNumber(`Bytes of its output at most (default: ${Math.min(bytes, maxOutputBytes)})`, {
        least: 1024,
        most: maxOutputBytes,
      }),
    ),
  });

type Arguments = v.InferOutput<ReturnType<typeof inputOf>>;

async function executeCommand(
  args: Arguments,
  context: RequestContext,
  { processes, files, grants, clock, limits, rules }: ExecuteCommandDependencies,
  baseEnvironment: () => Environment,
) {
  const given = commandLineOf(args);
  const line = rules.platform === 'win32' ? windowsLine(given) : given;
  const verdict = judgeCommand({ line, setsEnvironment: Object.keys(args.env).length > 0 }, rules);
  if (verdict.kind === 'refuse') throw new DomainError('command.refused', 'forbidden', verdict.reason);
  const environment = withVariables(baseEnvironment(), args.env, rules.platform);
  const enter = async () => await files.directory(args.working_dir, await grants.of(context));
  const directory = await enter();
  if (rules.platform === 'win32') requireDirectoryOfShell(line, directory);
  if (verdict.kind === 'ask') {
    const { env, stdin, timeout } = args;
    await requireApproval({ line, directory, environment: env, stdin, timeout }, context);
    // The answer can take minutes, and a link can have taken the directory's place.
    if ((await enter()) !== directory)
      throw new DomainError(
        'approval.outdated',
        'conflict',
        'The directory is no longer the one that the user was asked about; nothing was run. Call the tool again to have the user asked again',
      );
  }
  const progress = startProgress(context, clock, args.timeout);
  const maxOutputBytes = outputBytes(args.max_output, limits, context);
  try {
    const outcome = await processes.run(
      {
        line,
        directory,
        environment,
        stdin: args.stdin,
        encoding: localeEncoding(environment),
        timeoutMs: args.timeout * 1000,
        maxOutputBytes,
        onOutput: progress.received,
      },
      context.signal,
    );
    return commandResult(outcome, { limit: maxOutputBytes, most: outputLimit(limits.maxOutputBytes) });
  } finally {
    progress.stop();
  }
}

/** Bytes of both outputs, encoded: as the call asks, else what leaves room in the answer for what is said beside them. */
function outputBytes(
  asked: number | undefined,
  limits: ExecuteCommandDependencies['limits'],
  context: RequestContext,
): number {
  const most = answerBytes({ limits, context, asksForMore: asked !== undefined }) - FRAME_BYTES;
  return outputLimit(Math.min(asked ?? most, limits.maxOutputBytes));
}

/** Of a bounded answer, for the figures and for a note as long as most. */
const FRAME_BYTES = 512;
