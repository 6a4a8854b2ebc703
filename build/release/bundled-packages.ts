import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';

/** An npm package of which the bundle has code. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly license: string;
  readonly licenseText: string;
  /** Of its archive, as the lock file has it: `sha512-<base64>`. */
  readonly integrity: string;
}

/** The folder of the innermost package that a file belongs to; undefined for our own. */
export function folderOfPackage(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

/**
 * The packages that files of a bundle come from, by name. Throws when one has no license, or no text of it,
 * and when nobody can say where a part of the bundle comes from.
 *
 * @param files the sources of what is in the bundle, relative to the repository's folder
 */
export function bundledPackages(files: readonly string[], repository = root): BundledPackage[] {
  const unknown = files.filter((file) => !existsSync(join(repository, file)));
  if (unknown.length > 0)
    throw new Error(`Expected every source of the bundle to be a file, got "${unknown.join('", "')}"`);
  const folders = new Set(files.flatMap((file) => folderOfPackage(file) ?? []));
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(repository, folder, 'package.json'), 'utf8'),
    );
    const text = readdirSync(join(repository, folder)).find((file) => /^licen[cs]e/i.test(file));
    if (typeof license !== 'string' || text === undefined)
      throw new Error(
        `Expected ${name} ${version} to come with a license and its text, got ${license}, ${text}`,
      );
    return {
      name,
      version,
      license,
      licenseText: readFileSync(join(repository, folder, text), 'utf8'),
      integrity: lock.packages[folder].integrity,
    };
  });
}
