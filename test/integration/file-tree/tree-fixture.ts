import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ListRequest, SearchRequest } from '../../../src/application/ports/file-tree.ts';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { NodeFileTree } from '../../../src/infrastructure/files/node-file-tree.ts';

/** A folder of its own with an allowed directory, `inside`, and one that is not, `outside`. */
export class TreeFixture {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'file-tree-')));
  readonly inside = join(this.root, 'inside');
  readonly outside = join(this.root, 'outside');
  readonly grant = { directories: [this.inside], advice: 'Allow a directory' };
  readonly tree: NodeFileTree;

  /** @param sensitive names below the allowed directory; without any, a search goes about its work in larger steps */
  constructor(sensitive: readonly string[] = ['secrets']) {
    this.tree = new NodeFileTree(
      new PathGuard({
        platform: process.platform,
        homeDirectory: join(this.root, 'home'),
        environment: {},
        sensitive: sensitive.map((name) => join(this.inside, name)),
      }),
    );
    mkdirSync(this.inside);
    mkdirSync(this.outside);
  }

  /** Writes files, their folders made; a path with a trailing `/` is a folder. */
  write(files: Readonly<Record<string, string | Uint8Array>>, base = this.inside): void {
    for (const [path, content] of Object.entries(files)) {
      const full = join(base, path);
      mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
      if (!path.endsWith('/')) writeFileSync(full, content);
    }
  }

  /** Makes a folder a repository: git takes no other `.git` for one. */
  repository(path: string, base = this.inside): void {
    this.write(
      { '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/': '', '.git/refs/': '' },
      join(base, path),
    );
  }

  async list(request: Partial<ListRequest> = {}, signal = new AbortController().signal) {
    const whole = { path: this.inside, recursive: false, includeHidden: true, details: false, limit: 1000 };
    return await this.tree.list({ ...whole, ...request }, this.grant, signal);
  }

  async search(request: Partial<SearchRequest> = {}, signal = new AbortController().signal) {
    const defaults = { caseSensitive: true, contextLines: 0, includeIgnored: false, limit: 1000 };
    const whole = { path: this.inside, owners: ['local', 'client'], pattern: '*', ...defaults };
    return await this.tree.search({ ...whole, ...request }, this.grant, signal);
  }

  /** The paths that a search finds. */
  async found(pattern: string, request: Partial<SearchRequest> = {}): Promise<string[]> {
    return (await this.search({ pattern, ...request })).matches.map(({ path }) => path);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
