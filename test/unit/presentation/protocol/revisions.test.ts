import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Features } from '../../../../src/presentation/protocol/revisions.ts';
import {
  modernRevision,
  negotiateLegacy,
  supportedVersions,
} from '../../../../src/presentation/protocol/revisions.ts';
import { featuresOf, legacyVersions, modernVersion, since, type Version, versions } from './features.ts';

const test = suite('revisions');

test('the table lists what it speaks, newest first', () => {
  assert.equal(supportedVersions, ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']);
});

for (const version of legacyVersions) {
  test(`initialize agrees on ${version}`, () => {
    assert.is(negotiateLegacy(version).version, version);
    assert.is(negotiateLegacy(version).era, 'legacy');
    assert.is(modernRevision(version), undefined);
  });
}

for (const version of ['2026-07-28', '1900-01-01', '2099-01-01', 'draft', '', '2025-11-25 ', '__proto__']) {
  test(`initialize answers ${JSON.stringify(version)} with the newest that has it`, () => {
    assert.is(negotiateLegacy(version).version, '2025-11-25');
  });
}

test('one revision is modern', () => {
  assert.is(modernRevision(modernVersion)?.era, 'modern');
  for (const version of ['2026-07-29', 'draft', '', '__proto__'])
    assert.is(modernRevision(version), undefined);
});

/** The revision that each feature came with (the specification's changelogs). */
const firsts: readonly [keyof Features, Version][] = [
  ['annotations', '2025-03-26'],
  ['audio', '2025-03-26'],
  ['progressMessage', '2025-03-26'],
  ['completionsCapability', '2025-03-26'],
  ['titles', '2025-06-18'],
  ['structuredContent', '2025-06-18'],
  ['resourceLinks', '2025-06-18'],
  ['itemMeta', '2025-06-18'],
  ['lastModified', '2025-06-18'],
  ['elicitation', '2025-06-18'],
  ['urlElicitation', '2025-11-25'],
  ['implementationDescription', '2025-11-25'],
];

for (const [feature, first] of firsts) {
  test(`${feature} from ${first} on`, () => {
    for (const version of versions) assert.is(featuresOf(version)[feature], since(first, version), version);
  });
}

test('batches until 2025-03-26', () => {
  for (const version of versions) assert.is(featuresOf(version).batches, version <= '2025-03-26', version);
});

test.run();
