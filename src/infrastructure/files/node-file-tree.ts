import type {
  FileTree,
  Listing,
  ListRequest,
  SearchReport,
  SearchRequest,
} from '../../application/ports/file-tree.ts';
import type { PathGrant } from '../../application/ports/path-grants.ts';
import type { PathGuard } from './guard/path-guard.ts';
import { listCompletions } from './list/list-completions.ts';
import { listTree } from './list/list-tree.ts';
import type { TreeRoot } from './list/walk-root.ts';
import type { TreeSearch } from './search/search-tree.ts';

/**
 * The directories of this machine. Nothing below the directory that was let through is reached by a link; on Linux each one is
 * reached through an open descriptor that is known to be it, elsewhere what was read is checked after reading.
 */
export class NodeFileTree implements FileTree {
  private readonly guard: PathGuard;
  private treeSearch: Promise<TreeSearch> | undefined;

  constructor(guard: PathGuard) {
    this.guard = guard;
  }

  async list(request: ListRequest, grant: PathGrant, signal: AbortSignal): Promise<Listing> {
    return await listTree(await this.enter(request.path, grant), request, signal);
  }

  async search(request: SearchRequest, grant: PathGrant, signal: AbortSignal): Promise<SearchReport> {
    const root = await this.enter(request.path, grant);
    this.treeSearch ??= import('./search/search-tree.ts').then(({ TreeSearch }) => new TreeSearch());
    return await (await this.treeSearch).run(root, request, signal);
  }

  async complete(prefix: string, grant: PathGrant): Promise<readonly string[]> {
    return await listCompletions(prefix, grant, this.guard);
  }

  /** Ends what searches have running. */
  async close(): Promise<void> {
    await (await this.treeSearch)?.close();
  }

  private async enter(path: string, grant: PathGrant): Promise<TreeRoot> {
    const { named, real } = await this.guard.enter(path, grant);
    return { named, real, isSensitive: await this.guard.sensitiveBelow(real) };
  }
}
