import { stat } from 'node:fs/promises';
import type { Files, OpenFile, WriteReport, WriteRequest } from '../../application/ports/files.ts';
import type { PathGrant } from '../../application/ports/path-grants.ts';
import { fileFailure, notDirectory } from './file-failure.ts';
import type { PathGuard } from './guard/path-guard.ts';
import { openRegular } from './read/open-regular.ts';
import { watchFile } from './read/watch-file.ts';
import { writeFile } from './write/write-file.ts';

/** Files of this machine. */
export class NodeFiles implements Files {
  private readonly guard: PathGuard;

  constructor(guard: PathGuard) {
    this.guard = guard;
  }

  async open(path: string, grant: PathGrant): Promise<OpenFile> {
    return await openRegular(this.guard, path, grant);
  }

  async write(request: WriteRequest, grant: PathGrant, signal: AbortSignal): Promise<WriteReport> {
    return await writeFile(this.guard, request, grant, signal);
  }

  async directory(path: string | undefined, grant: PathGrant): Promise<string> {
    const entered = await this.guard.enter(path ?? '.', grant);
    try {
      if (!(await stat(entered.real)).isDirectory()) throw notDirectory(entered.named);
      return entered.real;
    } catch (error) {
      throw fileFailure(error, entered.named);
    }
  }

  async watch(path: string, grant: PathGrant, onChange: () => void): Promise<() => void> {
    return await watchFile(this.guard, path, grant, onChange);
  }
}
