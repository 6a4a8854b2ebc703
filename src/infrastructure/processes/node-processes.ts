import type {
  CommandOutcome,
  CommandRequest,
  LeftProcess,
  Processes,
} from '../../application/ports/processes.ts';
import { consoleDecoder } from './io/console-encoding.ts';
import type { OutputDecoder } from './io/decode-output.ts';
import { type CommandEnd, RunningCommand } from './running-command.ts';
import { settledWithin } from './settled-within.ts';
import { explainStartFailure } from './spawn/explain-start-failure.ts';
import { posixExecutable, startCommand, windowsExecutable } from './spawn/start-command.ts';
import { createMarks, withMark } from './terminate/command-mark.ts';
import { DescendantSearch, hasOnlyLeader } from './terminate/descendant-search.ts';
import { endTree } from './terminate/end-tree.ts';
import { killNow } from './terminate/kill-now.ts';
import { leftRunning } from './terminate/left-running.ts';
import type { ProcessTree } from './terminate/process-tree.ts';
import { taskkill } from './terminate/taskkill.ts';

const onWindows = process.platform === 'win32';

/** Milliseconds that we wait for the news that a process has ended whose tree is gone. */
const NEWS_MS = 1000;

/** Milliseconds in which the end of a command is told that came before its time was up. */
const LATE_NEWS_MS = 20;

/**
 * Commands as child processes. Whatever a command started ends with it: when it has ended, when its time is up, when nobody
 * wants it any more, and when this process exits.
 *
 * On POSIX that is its process group; on Linux also what left the group (`setsid`, double fork), found by the mark in its
 * environment; on Windows the tree below the process while that lives.
 *
 * What can escape: on Linux, who has left the group and also cleared its environment or written over it, or can't be looked into
 * (`sudo`, set-user-ID programs, agents that guard keys); on macOS, who has left the group; on Windows, what a command left
 * running that had ended before, and all below it where taskkill fails; everywhere, what others start on request (systemd, cron,
 * Docker), and everything when this process is killed by SIGKILL.
 */
export class NodeProcesses implements Processes {
  private readonly nextMark = createMarks();
  private readonly search = process.platform === 'linux' ? new DescendantSearch() : undefined;
  /** Those of which something may be alive. */
  private readonly trees = new Set<ProcessTree>();

  constructor() {
    process.on('exit', () => killNow([...this.trees]));
  }

  async run(request: CommandRequest, signal: AbortSignal): Promise<CommandOutcome> {
    signal.throwIfAborted();
    const mark = this.nextMark();
    const startedAt = performance.now();
    const command = await this.start(request, mark);
    const tree = { leader: command.pid as number, mark, startedAt };
    this.trees.add(tree);
    const { isEnded, ...ending } = await this.untilEnded(command, tree, request.timeoutMs, signal);
    const durationMs = performance.now() - startedAt;
    const [leftRunning] = await Promise.all([isEnded ? [] : this.endLeftovers(tree), command.drain()]);
    const encoding = request.encoding ?? (onWindows ? await consoleEncoding(command) : undefined);
    signal.throwIfAborted();
    return {
      ...ending,
      durationMs,
      leftRunning,
      stdout: command.stdout.read(encoding),
      stderr: command.stderr.read(encoding),
    };
  }

  /** @throws DomainError that says why it can't be started */
  private async start(request: CommandRequest, mark: string): Promise<RunningCommand> {
    const executable = onWindows ? await windowsExecutable(request) : posixExecutable(request);
    let command: RunningCommand | undefined;
    try {
      const environment = withMark(request.environment, mark);
      command = new RunningCommand(startCommand(executable, request, environment), request);
      if (command.pid === undefined) await command.ended;
      return command;
    } catch (error) {
      command?.abandon();
      throw await explainStartFailure(error, request);
    }
  }

  /** Ends all of it when its time is up or nobody wants it any more. */
  private async untilEnded(
    command: RunningCommand,
    tree: ProcessTree,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<CommandEnd & { timedOut: boolean; isEnded: boolean }> {
    const { promise: lost, resolve: lose } = Promise.withResolvers<undefined>();
    let timedOut = false;
    let treeEnd: Promise<void> | undefined;
    const end = () => {
      treeEnd ??= this.end(tree, command).then(async () => {
        if (!(await settledWithin(command.ended, NEWS_MS))) lose(undefined);
      });
    };
    const timer = setTimeout(async () => {
      // After a standstill the timer comes before the news that the command ended in time.
      if (await settledWithin(command.ended, LATE_NEWS_MS)) return;
      timedOut = true;
      end();
    }, timeoutMs);
    signal.addEventListener('abort', end);
    try {
      if (signal.aborted) end(); // while it was started
      const ending = await Promise.race([command.ended, lost]);
      if (ending === undefined) command.abandon();
      if (signal.aborted) await treeEnd; // no answer waits for it, but the exit does: what it started may clean up, too
      return { exitCode: null, signal: null, ...ending, timedOut, isEnded: treeEnd !== undefined };
    } catch (error) {
      if (treeEnd === undefined) void this.endLeftovers(tree);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }

  /** Ends what the ended command left running, and tells what; on Windows it can't be told any more what it started. */
  private async endLeftovers(tree: ProcessTree): Promise<readonly LeftProcess[]> {
    const mayBeLeft = this.search ? !hasOnlyLeader(tree) : !onWindows;
    if (!mayBeLeft) {
      this.trees.delete(tree);
      return [];
    }
    const left = await leftRunning(tree, this.search, this.trees.size === 1);
    void this.end(tree);
    return left;
  }

  private async end(tree: ProcessTree, command?: RunningCommand): Promise<void> {
    await (onWindows ? taskkill(tree.leader, () => command?.kill()) : endTree(tree, this.search));
    this.trees.delete(tree);
  }
}

/** The means to read what isn't UTF-8 of a command of Windows. */
async function consoleEncoding({ stdout, stderr }: RunningCommand): Promise<OutputDecoder | undefined> {
  return stdout.isUtf8 && stderr.isUtf8 ? undefined : await consoleDecoder();
}
