import type { BundledPackage } from './bundled-packages.ts';

interface Runtime {
  readonly version: string;
  /** Node.js's own, which holds those of all that it is made of. */
  readonly licenseText: string;
}

const line = '='.repeat(80);

/** The text that every archive carries: whose work is in the executable, and under which licenses. */
export function thirdPartyLicenses(runtime: Runtime, packages: readonly BundledPackage[]): string {
  const works = [
    ...packages.map(({ name, version, license, licenseText }) => ({
      title: `${name} ${version} (${license})`,
      text: licenseText,
    })),
    { title: `Node.js ${runtime.version}, and what it is made of`, text: runtime.licenseText },
  ];
  const contents = works.map(({ title }) => `  ${title}\n`).join('');
  const texts = works.map(({ title, text }) => `\n${line}\n${title}\n${line}\n\n${text.trim()}\n`);
  return `tfo-mcp is one file that also contains the following works, each under the license given below.\n\n${contents}${texts.join('')}`;
}
