// Builds the executables of all targets, or of those named: `node build/dist.ts [TARGET...]`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.ts';
import { targetNamed, targetNames } from './targets.ts';

const asked = process.argv.slice(2).map(targetNamed);
for (const target of asked.length > 0 ? asked : targetNames) {
  // Each in a process of its own: what holds the executable in memory while it injects gives nothing back.
  execFileSync(process.execPath, [join(root, 'build/package.ts'), target], { stdio: 'inherit' });
}
