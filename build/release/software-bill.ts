import { sha256Of } from '../base-lock.ts';
import type { BundledPackage } from './bundled-packages.ts';

interface Contents {
  readonly product: { readonly name: string; readonly version: string; readonly license: string };
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** The time of the commit that is released. */
  readonly date: Date;
  /** `process.versions` of the runtime inside: Node.js itself, and what it is made of. */
  readonly runtime: Readonly<Record<string, string | undefined>>;
  readonly packages: readonly BundledPackage[];
}

/** Versions of interfaces and data, not of software. */
const notSoftware = ['node', 'modules', 'napi', 'cldr', 'tz', 'unicode'];

/** The bill of what is in the executables, as CycloneDX 1.6 writes it. The same contents give the same text. */
export function softwareBill({ product, repository, date, runtime, packages }: Contents): string {
  const purl = `pkg:github/${repository}@v${product.version}`;
  const node = `pkg:generic/node@${runtime['node']}`;
  const parts = Object.entries(runtime).filter(([name]) => !notSoftware.includes(name));
  const bill = {
    metadata: {
      timestamp: date.toISOString(),
      component: {
        type: 'application',
        'bom-ref': purl,
        name: product.name,
        version: product.version,
        licenses: [{ license: { id: product.license } }],
        purl,
      },
    },
    components: [
      {
        type: 'platform',
        'bom-ref': node,
        name: 'node',
        version: runtime['node'],
        licenses: [{ license: { id: 'MIT' } }],
        purl: node,
        components: parts.map(([name, version]) => ({
          type: 'library',
          'bom-ref': `${node}#${name}`,
          name,
          version,
        })),
      },
      ...packages.map(npmComponent),
    ],
    dependencies: [{ ref: purl, dependsOn: [node, ...packages.map(purlOf)] }],
  };
  // The same contents are the same document: numbered by them, not by chance.
  const [a, b, c, d, e] =
    /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(sha256Of(JSON.stringify(bill)))?.slice(1) ?? [];
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${a}-${b}-8${c}-8${d}-${e}`,
    version: 1,
    ...bill,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function npmComponent(component: BundledPackage) {
  const { name, version, license, integrity } = component;
  const content = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': purlOf(component),
    name,
    version,
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl: purlOf(component),
  };
}

function purlOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
