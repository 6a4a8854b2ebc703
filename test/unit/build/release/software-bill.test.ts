import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { softwareBill } from '../../../../build/release/software-bill.ts';

const test = suite('bill of software');

const contents = {
  product: { name: 'tfo-mcp', version: '1.2.3', license: 'Apache-2.0' },
  repository: 'owner/name',
  date: new Date('2026-01-02T03:04:05Z'),
  runtime: { node: '22.1.0', v8: '12.4.254', openssl: '3.5.7', modules: '127', tz: '2026a' },
  packages: [
    { name: '@scope/works', version: '4.5.6', license: 'MIT', licenseText: '', integrity: 'sha512-3a8=' },
  ],
};

test('the bill names the product, the runtime with its parts, and the packages', () => {
  const bill = JSON.parse(softwareBill(contents));
  assert.equal([bill.bomFormat, bill.specVersion, bill.version], ['CycloneDX', '1.6', 1]);
  assert.is(bill.metadata.timestamp, '2026-01-02T03:04:05.000Z');
  assert.is(bill.metadata.component.purl, 'pkg:github/owner/name@v1.2.3');
  const [node, works, ...others] = bill.components;
  assert.equal(others, []);
  assert.is(node.purl, 'pkg:generic/node@22.1.0');
  const parts = node.components.map(({ name, version }: Record<string, string>) => `${name} ${version}`);
  assert.equal(parts, ['v8 12.4.254', 'openssl 3.5.7']);
  assert.is(works.purl, 'pkg:npm/%40scope/works@4.5.6');
  assert.equal(works.licenses, [{ license: { id: 'MIT' } }]);
  assert.equal(works.hashes, [{ alg: 'SHA-512', content: 'ddaf' }]);
  assert.equal(bill.dependencies[0].dependsOn, [node.purl, works.purl]);
});

test('the bill tells a choice of licenses from a license', () => {
  const packages = contents.packages.map((component) => ({ ...component, license: '(MIT OR ISC)' }));
  const { components } = JSON.parse(softwareBill({ ...contents, packages }));
  assert.equal(components[1].licenses, [{ expression: '(MIT OR ISC)' }]);
});

test('the bill is numbered by its contents', () => {
  assert.is(softwareBill(contents), softwareBill(contents));
  const number = (text: string): string => JSON.parse(text).serialNumber;
  assert.match(
    number(softwareBill(contents)),
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.is.not(number(softwareBill({ ...contents, packages: [] })), number(softwareBill(contents)));
});

test.run();
