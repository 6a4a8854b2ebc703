import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WriteReport, WriteRequest } from '../../../src/application/ports/files.ts';
import type { PathGrant } from '../../../src/application/ports/path-grants.ts';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { NodeFiles } from '../../../src/infrastructure/files/node-files.ts';

/** Linux can also play a system that has no names for what is open. */
export const platforms = process.platform === 'linux' ? ['linux', 'darwin'] : [process.platform];

/** A folder of its own on the real file system: what is allowed, what isn't, and someone's home. */
export class FilesDesk {
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-files-')));
  readonly inside = join(this.base, 'inside');
  readonly outside = join(this.base, 'outside');
  readonly home = join(this.base, 'inside', 'home');
  /** One of the server's own, which isn't there. */
  readonly database = join(this.inside, 'server.db');
  readonly grant: PathGrant = { directories: [this.inside], advice: 'nothing is allowed' };
  readonly guard: PathGuard;
  readonly files: NodeFiles;

  /** @param platform whose ways of checking what was opened are used */
  constructor(platform: string = process.platform) {
    for (const folder of [this.inside, this.outside, this.home]) mkdirSync(folder);
    const options = { platform, homeDirectory: this.home, environment: {}, sensitive: [this.database] };
    this.guard = new PathGuard(options);
    this.files = new NodeFiles(this.guard);
  }

  async read(path: string): Promise<string> {
    const file = await this.files.open(path, this.grant);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of file.chunks()) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString();
    } finally {
      await file.close();
    }
  }

  async write(
    path: string,
    content: string,
    more: Partial<WriteRequest> = {},
    signal?: AbortSignal,
  ): Promise<WriteReport> {
    const request = {
      path,
      content: Buffer.from(content),
      mode: 'overwrite',
      createDirectories: false,
      dryRun: false,
      ...more,
    } as const;
    return await this.files.write(request, this.grant, signal ?? new AbortController().signal);
  }

  clear(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
