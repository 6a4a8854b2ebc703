import type { Claude } from '../application/ports/claude.ts';
import type { Tracer } from '../application/ports/telemetry.ts';
import { tracedClaude } from '../infrastructure/telemetry/traced/traced-claude.ts';
import { tracedFiles, tracedFileTree } from '../infrastructure/telemetry/traced/traced-files.ts';
import { tracedProcesses } from '../infrastructure/telemetry/traced/traced-processes.ts';
import { tracedStore } from '../infrastructure/telemetry/traced/traced-store.ts';
import type { HostAdapters } from './host-adapters.ts';
import type { OpenedStore } from './open-store.ts';

/** Adapters with a span for each use, in the place of those that have none. */
export interface TracedAdapters {
  claude(claude: Claude, baseUrl: string): Claude;
  /** Of a file; what is in memory only is not told of. */
  store(opened: OpenedStore): OpenedStore;
  host(
    adapters: HostAdapters,
    environment: Readonly<Record<string, string | undefined>>,
  ): Pick<HostAdapters, 'files' | 'tree' | 'processes'>;
}

export function tracedAdapters(tracer: Tracer): TracedAdapters {
  return {
    claude: (claude, baseUrl) => tracedClaude(claude, baseUrl, tracer),
    store: (opened) => {
      if (opened.file === undefined) return opened;
      const system = () => (opened.forgets?.() === undefined ? 'sqlite' : 'memory');
      return { ...opened, store: tracedStore(opened.store, system, tracer) };
    },
    host: ({ files, tree, processes }, environment) => ({
      files: tracedFiles(files, tracer),
      tree: tracedFileTree(tree, tracer),
      processes: tracedProcesses(processes, environment, tracer),
    }),
  };
}
