import { constants } from 'node:fs';
import { mkdir, open, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WriteReport, WriteRequest } from '../../../application/ports/files.ts';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import { codeOf, fileFailure } from '../file-failure.ts';
import type { GuardedPath, PathGuard } from '../guard/path-guard.ts';
import { requireRegular } from '../read/open-regular.ts';
import { retryWhileInUse } from '../retry-while-in-use.ts';
import { type OpenFolder, openFolder } from './open-folder.ts';
import { appendWhole, overwriteInPlace } from './write-in-place.ts';
import { planWrite, type WritePlan } from './write-plan.ts';
import { createFile, isReplaceable, replaceFile } from './write-replace.ts';
import { removeAbandoned } from './write-temporary.ts';

interface Write {
  readonly guard: PathGuard;
  readonly grant: PathGrant;
  readonly entered: GuardedPath;
  readonly request: WriteRequest;
  readonly plan: WritePlan;
  readonly signal: AbortSignal;
}

type Written = Pick<WriteReport, 'created' | 'atomic'>;

/** Checks all that can be checked, then writes. @throws DomainError as in `Files` */
export async function writeFile(
  guard: PathGuard,
  request: WriteRequest,
  grant: PathGrant,
  signal: AbortSignal,
): Promise<WriteReport> {
  const entered = await guard.enter(request.path, grant, true);
  try {
    const plan = await planWrite(entered, request);
    signal.throwIfAborted();
    if (request.dryRun) return { path: entered.named, bytesWritten: 0, ...foresee(request, plan) };
    const written = await inFolder({ guard, grant, entered, request, plan, signal });
    return { path: entered.named, bytesWritten: request.content.byteLength, ...written };
  } catch (error) {
    throw fileFailure(error, entered.named);
  }
}

function foresee({ mode }: WriteRequest, { existing }: WritePlan): Written {
  const user = process.geteuid?.();
  const keepsOwner = existing === undefined || user === undefined || user === 0 || user === existing.uid;
  return {
    created: existing === undefined,
    atomic: existing === undefined || (mode !== 'append' && keepsOwner && isReplaceable(existing)),
  };
}

/** Makes the missing directories, one by one and each looked at once open; removes those it made if the write fails. */
async function inFolder(write: Write): Promise<Written> {
  const { guard, grant, entered, plan } = write;
  const made: { folder: OpenFolder; name: string }[] = [];
  let real = plan.folder;
  const folders = [await openFolder(guard, real, { named: entered.named, real }, grant)];
  let folder = folders[0] as OpenFolder;
  try {
    for (const name of plan.missing) {
      await folder.verify();
      if (await makeDirectory(folder.path(name))) made.push({ folder, name });
      real = join(real, name);
      folder = await openFolder(guard, folder.path(name), { named: entered.named, real }, grant);
      folders.push(folder);
    }
    const written = await writeInto(folder, write);
    await removeAbandoned(folder);
    for (const each of folders.reverse()) await each.sync();
    return written;
  } catch (error) {
    for (const { folder: parent, name } of made.reverse()) await removeEmpty(parent.path(name));
    throw error;
  } finally {
    for (const each of folders) await each.close();
  }
}

async function writeInto(folder: OpenFolder, write: Write): Promise<Written> {
  const { request, entered, plan, signal } = write;
  const name = basename(entered.real);
  // The directory may be another one by now, where this name is a sensitive one.
  await write.guard.verifyReal({ named: entered.named, real: join(folder.real, name) }, write.grant);
  const target = { folder, name, content: request.content, signal };
  try {
    if (request.mode === 'overwrite') {
      const isReplaced = await replaceFile(target, plan.existing);
      if (isReplaced || plan.existing === undefined)
        return { created: plan.existing === undefined, atomic: isReplaced };
    } else if (plan.existing === undefined) return { created: true, atomic: await createFile(target) };
  } catch (error) {
    // Somebody was faster: then this goes into what they made.
    if (request.mode === 'create' || codeOf(error) !== 'EEXIST') throw error;
  }
  await writeInPlace(folder, name, write);
  return { created: false, atomic: false };
}

/** Changes the file itself: to append, or where no new one can take its place. */
async function writeInPlace(folder: OpenFolder, name: string, write: Write): Promise<void> {
  const { guard, grant, entered, request, signal } = write;
  const isAppend = request.mode === 'append';
  const { O_WRONLY, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | (isAppend ? O_APPEND : 0);
  const handle = await retryWhileInUse(async () => {
    await folder.verify();
    signal.throwIfAborted();
    return await open(folder.path(name), flags);
  });
  try {
    await guard.verifyOpened(handle, grant, entered);
    const before = await handle.stat();
    requireRegular(before, entered.named);
    signal.throwIfAborted();
    // Not to be broken off from here on: half a file is worse than a late one.
    await (isAppend ? appendWhole : overwriteInPlace)(handle, request.content, before);
  } finally {
    await handle.close();
  }
}

/** @returns whether it wasn't there */
async function makeDirectory(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function removeEmpty(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    if (codeOf(error) === undefined) throw error; // in use by now, or gone: not ours any more
  }
}
