// deadline: 600
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { productBundle } from '../../../build/bundle.ts';
import { problemsOf } from '../../../build/formats/verify-executable.ts';
import { download } from '../../../build/npm-package.ts';
import { dist, executableOf, root } from '../../../build/paths.ts';
import { hostTarget, nodeVersion, type TargetName, targetNames, targets } from '../../../build/targets.ts';
import { skip } from '../../support/skip.ts';
import { damages } from './damages.ts';

/** This machine's, which `make test` has built, and one of each other format, which costs a download and some seconds. */
testExecutable(hostTarget(), () => join(dist, 'tfo-mcp'));
for (const target of ['macos-arm64', 'win-x64', 'linux-x64'] as const) {
  if (targets[target].format === targets[hostTarget()].format) continue;
  if (canDownload(target)) testExecutable(target, () => build(target));
  else skipExecutable(target);
}

function skipExecutable(target: TargetName): void {
  const test = suite(`executable for ${target}`);
  skip(test, 'npm', `the executable for ${target} is built and verified`);
  test.run();
}

function canDownload(target: TargetName): boolean {
  try {
    return download(targets[target].package, nodeVersion) !== '';
  } catch {
    return false; // npm has said why
  }
}

function build(target: TargetName): string {
  execFileSync(process.execPath, [join(root, 'build/package.ts'), target], { stdio: 'pipe' });
  return executableOf(target);
}

function testExecutable(target: TargetName, built: () => string): void {
  const test = suite(`executable for ${target}`, { file: Buffer.of(), bundle: Buffer.of() });

  test.before((context) => {
    context.file = readFileSync(built());
    context.bundle = readFileSync(productBundle);
  });

  test('the executable is sound', ({ file, bundle }) => {
    assert.equal(problemsOf(target, file, bundle), []);
  });

  test('the executable is for this target, and carries this bundle', ({ file, bundle }) => {
    const others = targetNames.filter((other) => other !== target);
    for (const other of others) assert.ok(problemsOf(other, file, bundle).length > 0, other);
    const changed = Buffer.concat([bundle, Buffer.from(';')]);
    assert.equal(problemsOf(target, file, changed), ['The injected program is not the bundle']);
  });

  for (const [name, { damage, problem }] of Object.entries(damages[targets[target].format])) {
    test(`the executable is refused with ${name}`, ({ file, bundle }) => {
      const broken = damage(Buffer.from(file));
      assert.match(problemsOf(target, broken, bundle).join('\n'), problem);
    });
  }

  test.run();
}
