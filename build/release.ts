// Makes what people download from the executables of `make dist`, into dist/release and dist/homebrew: `node build/release.ts`.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { sha256Of } from './base-lock.ts';
import { bundleProduct, filesOf, productBundle } from './bundle.ts';
import { verifyExecutable } from './formats/verify-executable.ts';
import { cache, dist, executableOf, root } from './paths.ts';
import { archive } from './release/archive.ts';
import { bundledPackages } from './release/bundled-packages.ts';
import { homebrewFormula } from './release/homebrew-formula.ts';
import { softwareBill } from './release/software-bill.ts';
import { sourceDate } from './release/source-date.ts';
import { thirdPartyLicenses } from './release/third-party-licenses.ts';
import { nodeLicense } from './runtime-package.ts';
import { executableName, nodeVersion, type TargetName, targetNames, targets } from './targets.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const repository = manifest.repository.replace('github:', '');
const date = sourceDate(process.env['SOURCE_DATE_EPOCH']);
const release = join(dist, 'release');
const formula = join(dist, 'homebrew/tfo-mcp.rb');

const sources = await bundleProduct();
const files = filesOf(productBundle);
const packages = bundledPackages(sources);
const licenses = thirdPartyLicenses({ version: nodeVersion, licenseText: nodeLicense() }, packages);

for (const folder of [release, dirname(formula)]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
for (const target of targetNames) await pack(target);
write(
  `tfo-mcp_${manifest.version}.cdx.json`,
  softwareBill({ product: manifest, repository, date, runtime: process.versions, packages }),
);
const sums = readdirSync(release).map((name) => [name, sha256Of(readFileSync(join(release, name)))] as const);
write('SHA256SUMS', sums.map(([name, sum]) => `${sum}  ${name}\n`).join(''));
writeFormula(new Map(sums));
warnOfChanges();

function archiveName(
  target: TargetName,
  extension = targets[target].format === 'pe' ? '.zip' : '.tar.gz',
): string {
  const { os, arch } = targets[target];
  return `tfo-mcp_${manifest.version}_${os}_${arch}${extension}`;
}

/** Throws when the executable is not of this bundle: `make dist` comes first. */
async function pack(target: TargetName): Promise<void> {
  verifyExecutable(target, readFileSync(executableOf(target)), files);
  const folder = join(cache, 'release', archiveName(target, ''));
  const executable = executableName(target);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    copyFileSync(executableOf(target), join(folder, executable));
    for (const document of ['LICENSE', 'README.md'])
      copyFileSync(join(root, document), join(folder, document));
    writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licenses);
    const files = readdirSync(folder).sort();
    for (const file of files) chmodSync(join(folder, file), file === executable ? 0o755 : 0o644);
    const output = join(release, archiveName(target));
    await archive({ folder, files, executable, output, date });
    console.log(`${relative(root, output)}: ${(statSync(output).size / 1e6).toFixed(1)} MB`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(name: string, content: string): void {
  writeFileSync(join(release, name), content);
  console.log(relative(root, join(release, name)));
}

function writeFormula(sums: ReadonlyMap<string, string>): void {
  const downloads = `https://github.com/${repository}/releases/download/v${manifest.version}`;
  const brewed = targetNames.filter((target) => targets[target].os !== 'windows');
  const values = brewed.flatMap((target) => [
    [`url ${target}`, `${downloads}/${archiveName(target)}`],
    [`sha256 ${target}`, sums.get(archiveName(target))],
  ]);
  const { version, license } = manifest;
  const template = readFileSync(join(root, 'build/release/tfo-mcp.rb.template'), 'utf8');
  writeFileSync(
    formula,
    homebrewFormula(template, { repository, version, license, ...Object.fromEntries(values) }),
  );
  console.log(`${relative(root, formula)}: ${checkSyntax()}`);
}

/** Throws when Ruby refuses the formula. */
function checkSyntax(): string {
  const { status, stderr, error } = spawnSync('ruby', ['-c', formula], { encoding: 'utf8' });
  if (error) return 'not checked, as there is no ruby here';
  if (status !== 0) throw new Error(`Expected Ruby to read ${formula}, got ${stderr}`);
  return 'ruby reads it';
}

/** The commit that the executables name should be all that is in them. */
function warnOfChanges(): void {
  if (!existsSync(join(root, '.git'))) return;
  const changes = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (changes) console.error(`WARNING: this is not what the commit has; changed:\n${changes}`);
}
