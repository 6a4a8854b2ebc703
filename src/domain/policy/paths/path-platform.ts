/** The rules of naming that hold. Linux stands for every system that compares names byte by byte. */
export type PathPlatform = 'linux' | 'macos' | 'windows';

/** @param name as `process.platform` has it */
export function pathPlatform(name: string): PathPlatform {
  if (name === 'win32') return 'windows';
  return name === 'darwin' ? 'macos' : 'linux';
}
