import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { DomainError } from '../../../domain/shared/domain-error.ts';

/**
 * Appends to a file that is open for that. What a full disk lets through of it is cut off again, unless somebody else has written
 * behind it.
 * @throws the system's error; DomainError `file.failed` where a part had to stay
 */
export async function appendWhole(handle: FileHandle, content: Uint8Array, before: Stats): Promise<void> {
  let written = 0;
  try {
    while (written < content.length) written += (await handle.write(content.subarray(written))).bytesWritten;
    await handle.sync();
  } catch (error) {
    const { size } = await handle.stat();
    if (written > 0 && size !== before.size + written) throw partStays(written, content.length);
    if (written > 0) await handle.truncate(before.size);
    throw error;
  }
}

/**
 * Puts new content in the place of the old: first its length, which a full disk refuses while the old still stands, as does
 * Windows where a program has mapped the file that is to be shorter.
 */
export async function overwriteInPlace(
  handle: FileHandle,
  content: Uint8Array,
  before: Stats,
): Promise<void> {
  try {
    await writeAt(handle, content.subarray(before.size), before.size);
    await handle.sync();
  } catch (error) {
    await handle.truncate(before.size);
    throw error;
  }
  if (content.length < before.size) await handle.truncate(content.length);
  await writeAt(handle, content.subarray(0, before.size), 0);
  await handle.sync();
}

async function writeAt(handle: FileHandle, content: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < content.length; )
    at += (await handle.write(content, at, content.length - at, position + at)).bytesWritten;
}

const partStays = (written: number, all: number) =>
  new DomainError(
    'file.failed',
    'exhausted',
    `Only ${written} of ${all} bytes could be appended, and they stay: something else wrote behind them`,
  );
