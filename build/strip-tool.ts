import { execFileSync } from 'node:child_process';
import { hostTarget, type TargetName, targets } from './targets.ts';

export interface StripTool {
  readonly command: string;
  readonly option: string;
  /** The tool's own words: its version decides what bytes it leaves. */
  readonly version: string;
}

/** The tool that takes a target's symbols here; null, and a warning, where nothing does. */
export function stripTool(target: TargetName): StripTool | null {
  const option = targets[target].strip;
  if (!option) return null;
  for (const command of commands(target)) {
    try {
      const version = execFileSync(command, ['--version'], { encoding: 'utf8' }).trim();
      return { command, option, version };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  console.error(
    `WARNING: found no ${commands(target).join(' or ')}: ${target} keeps its symbols and is about 20 MB larger`,
  );
  return null;
}

/** LLVM's knows every format, GNU's only this machine's. */
function commands(target: TargetName): string[] {
  return target === hostTarget() ? ['llvm-strip', 'strip'] : ['llvm-strip'];
}
