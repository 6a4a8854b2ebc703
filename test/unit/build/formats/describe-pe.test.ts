import { NtExecutable, NtExecutableResource } from 'resedit';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Description, describePe } from '../../../../build/formats/describe-pe.ts';
import { peHeaders, resourcesOf } from '../../../../build/formats/pe.ts';
import { versionResource } from '../../../support/version-resource.ts';

const test = suite('description of Windows executables');

const ours: Description = {
  product: 'Product',
  title: 'Product (program)',
  company: 'Company',
  copyright: 'Copyright Cömpany.',
  version: '1.2.3',
  fileName: 'program.exe',
};

const theirs: Description = { ...ours, product: 'Theirs', version: '22.23.2', fileName: 'node.exe' };

const DATA = 10;
const ICON_BYTES = 100_000;

/** A program with pictures and a description, as Node.js is one, and with a resource that it needs. */
function program(): Buffer {
  const executable = NtExecutable.from(
    describePe(Buffer.from(NtExecutable.createEmpty(false, false).generate()), theirs),
  );
  const resources = NtExecutableResource.from(executable);
  for (const type of [3, 14, DATA])
    resources.entries.push({
      type,
      id: 1,
      lang: 1033,
      codepage: 0,
      bin: new Uint8Array(type === 3 ? ICON_BYTES : 3).buffer,
    });
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}

test('the words and numbers are ours, where they were another’s', () => {
  assert.equal(versionResource(describePe(program(), ours)), {
    id: 1,
    fileVersion: '1.2.3.0',
    productVersion: '1.2.3.0',
    isPrerelease: false,
    language: ['040904b0', '040904b0'],
    words: {
      CompanyName: 'Company',
      FileDescription: 'Product (program)',
      FileVersion: '1.2.3',
      InternalName: 'program',
      LegalCopyright: 'Copyright Cömpany.',
      OriginalFilename: 'program.exe',
      ProductName: 'Product',
      ProductVersion: '1.2.3',
    },
  });
});

test('a version before the release is one in words, and by its flag', () => {
  const { fileVersion, isPrerelease, words } = versionResource(
    describePe(program(), { ...ours, version: '1.20.0-rc.4' }),
  );
  assert.equal([fileVersion, isPrerelease, words['ProductVersion']], ['1.20.0.0', true, '1.20.0-rc.4']);
});

test('the icon goes, what the program needs stays', () => {
  const types = (file: Buffer) => resourcesOf(file).map(({ path }) => path[0]);
  assert.equal(types(program()), [3, DATA, 14, 16]);
  const described = resourcesOf(describePe(program(), ours));
  assert.equal(
    described.map(({ path }) => path[0]),
    [DATA, 16],
  );
  assert.equal(described[0]?.content, Buffer.alloc(3));
});

test('no section is longer in the file than in memory, where the next one begins', () => {
  assert.ok(describePe(program(), ours).length < program().length - ICON_BYTES / 2);
});

test('the same input gives the same bytes, without a checksum', () => {
  const described = describePe(program(), ours);
  assert.equal(describePe(program(), ours), described);
  assert.is(described.readUInt32LE(peHeaders(described).checksum), 0);
});

test.run();
