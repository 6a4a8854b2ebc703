// deadline: 600
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type BundleFiles, filesOf, productBundle } from '../../../build/bundle.ts';
import { problemsOf } from '../../../build/formats/verify-executable.ts';
import { download } from '../../../build/npm-package.ts';
import { dist, executableOf, root } from '../../../build/paths.ts';
import { hostTarget, nodeVersion, type TargetName, targetNames, targets } from '../../../build/targets.ts';
import { skip } from '../../support/skip.ts';
import { versionResource } from '../../support/version-resource.ts';
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
  const test = suite(`executable for ${target}`, {
    file: Buffer.of(),
    files: { bundle: Buffer.of(), optional: Buffer.of() } as BundleFiles,
  });

  test.before((context) => {
    context.file = readFileSync(built());
    context.files = filesOf(productBundle);
  });

  test('the executable is sound', ({ file, files }) => {
    assert.equal(problemsOf(target, file, files), []);
  });

  test('the executable is for this target, and carries this bundle and these optional packages', ({
    file,
    files,
  }) => {
    const others = targetNames.filter((other) => other !== target);
    for (const other of others) assert.ok(problemsOf(other, file, files).length > 0, other);
    const changed = (content: Buffer) => Buffer.concat([content, Buffer.from(';')]);
    assert.equal(problemsOf(target, file, { ...files, bundle: changed(files.bundle) }), [
      'The injected program is not the bundle',
    ]);
    assert.equal(problemsOf(target, file, { ...files, optional: changed(files.optional) }), [
      'The injected program has not these optional packages',
    ]);
  });

  if (targets[target].format === 'pe')
    test('the executable is described as the product', ({ file }) => {
      const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      const { fileVersion, words } = versionResource(file);
      assert.is(fileVersion, `${version.replace(/-.*/, '')}.0`);
      assert.equal(words, {
        CompanyName: 'TelemetryFlow',
        FileDescription: 'TelemetryFlow MCP Server (tfo-mcp)',
        FileVersion: version,
        InternalName: 'tfo-mcp',
        LegalCopyright: words['LegalCopyright'],
        OriginalFilename: 'tfo-mcp.exe',
        ProductName: 'TelemetryFlow MCP Server',
        ProductVersion: version,
      });
      assert.match(words['LegalCopyright'] ?? '', /TelemetryFlow.*Apache-2\.0.*Node\.js.*MIT/);
    });

  for (const [name, { damage, problem }] of Object.entries(damages[targets[target].format])) {
    test(`the executable is refused with ${name}`, ({ file, files }) => {
      const broken = damage(Buffer.from(file));
      assert.match(problemsOf(target, broken, files).join('\n'), problem);
    });
  }

  test.run();
}
