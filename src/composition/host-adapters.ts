import type { FileTree } from '../application/ports/file-tree.ts';
import type { Files } from '../application/ports/files.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { RootGrants } from '../application/ports/path-grants.ts';
import type { Processes } from '../application/ports/processes.ts';
import type { SystemInformation } from '../application/ports/system-information.ts';
import type { TextDiff } from '../application/ports/text-diff.ts';
import { lazily } from '../domain/shared/lazily.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import { configurationSearchPath } from '../infrastructure/config/sources/configuration-paths.ts';
import { type PinnedDirectories, pinDirectories } from '../infrastructure/files/guard/pin-directories.ts';
import type { Lifetimes } from './lifetimes.ts';

/** This machine, as the tools reach it. */
export interface HostAdapters {
  readonly files: Files;
  readonly tree: FileTree;
  readonly grants: RootGrants;
  readonly processes: Processes;
  readonly textDiff: TextDiff;
  readonly system: SystemInformation;
}

export interface HostAccess {
  readonly host: ConfigurationHost;
  /** Absolute; when there are any, neither roots nor the working directory count. */
  readonly allowedDirectories: readonly string[];
  /** True if the server was started on its client's machine: clients over the network are elsewhere. */
  readonly startedByClient: boolean;
  /** Absolute, what nobody may read or write though it is in an allowed directory: configurations, keys, logs. */
  readonly sensitive: readonly string[];
  readonly logger: Logger;
  readonly lifetimes: Lifetimes;
}

/** Adapters to this machine; none is loaded before its first call. */
export function hostAdapters(access: HostAccess): HostAdapters {
  const guard = lazily(() => loadGuard(access));
  const files = lazily(
    async () => new (await import('../infrastructure/files/node-files.ts')).NodeFiles(await guard()),
  );
  const tree = lazily(async () => {
    const { NodeFileTree } = await import('../infrastructure/files/node-file-tree.ts');
    const opened = new NodeFileTree(await guard());
    access.lifetimes.add({ name: 'searches', close: () => opened.close() });
    return opened;
  });
  const { allowedDirectories, startedByClient, host } = access;
  // Now, not at the first call: until then somebody could put a link in its place.
  const pinned = pinDirectories(
    startedByClient && allowedDirectories.length === 0 ? [host.workingDirectory] : allowedDirectories,
  );
  const grants = lazily(() => loadGrants(access, pinned));
  const processes = lazily(
    async () => new (await import('../infrastructure/processes/node-processes.ts')).NodeProcesses(),
  );
  const system = lazily(
    async () =>
      new (await import('../infrastructure/system/node-system-information.ts')).NodeSystemInformation(),
  );
  return {
    files: {
      open: async (...call) => await (await files()).open(...call),
      write: async (...call) => await (await files()).write(...call),
      directory: async (...call) => await (await files()).directory(...call),
      watch: async (...call) => await (await files()).watch(...call),
    },
    tree: {
      list: async (...call) => await (await tree()).list(...call),
      search: async (...call) => await (await tree()).search(...call),
      complete: async (...call) => await (await tree()).complete(...call),
    },
    grants: {
      of: async (context) => await (await grants()).of(context),
      pinRoots: async (roots) => await (await grants()).pinRoots(roots),
    },
    processes: { run: async (...call) => await (await processes()).run(...call) },
    system: { read: async () => await (await system()).read() },
    textDiff: async (change) =>
      await (await import('../infrastructure/files/write/unified-diff.ts')).unifiedDiff(change),
  };
}

async function loadGuard({ host, sensitive }: HostAccess) {
  const { PathGuard } = await import('../infrastructure/files/guard/path-guard.ts');
  const { platform, homeDirectory, environment } = host;
  return new PathGuard({
    platform,
    homeDirectory,
    environment,
    sensitive: [...configurationSearchPath(host), ...sensitive],
  });
}

async function loadGrants(
  { host, allowedDirectories, startedByClient, logger }: HostAccess,
  pinned: PinnedDirectories,
) {
  const { HostGrants } = await import('../infrastructure/files/guard/host-grants.ts');
  const { platform, homeDirectory, workingDirectory } = host;
  return new HostGrants({
    platform,
    homeDirectory,
    configured: allowedDirectories,
    rootsOf: (context) => context.roots(),
    workingDirectory: startedByClient ? workingDirectory : undefined,
    pinned,
    logger,
  });
}
