import { existsSync } from 'node:fs';

export const isWindows = process.platform === 'win32';

/** Wine says that it is Windows, but can't do all that Windows does. */
export const isWine = isWindows && existsSync('C:\\windows\\system32\\winecfg.exe');
