import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ContentBlock } from '../../../../../src/domain/shared/content-block.ts';
import {
  annotationsOf,
  dropAbsent,
  encodeContent,
  encodeResourceContents,
} from '../../../../../src/presentation/protocol/wire/encode-content.ts';
import { featuresOf, since, versions } from '../features.ts';

const test = suite('encode-content');

const annotations = { audience: ['user'], priority: 0.5, lastModified: '2026-01-01T00:00:00Z' } as const;
const meta = { 'test/key': 1 };

for (const version of versions) {
  const features = featuresOf(version);
  const kept = {
    annotations: since('2025-06-18', version) ? annotations : { audience: ['user'], priority: 0.5 },
    ...(since('2025-06-18', version) && { _meta: meta }),
  };

  test(`${version}: text`, () => {
    assert.equal(encodeContent({ type: 'text', text: 'hi' }, features), { type: 'text', text: 'hi' });
    assert.equal(encodeContent({ type: 'text', text: 'hi', annotations, meta }, features), {
      type: 'text',
      text: 'hi',
      ...kept,
    });
  });

  test(`${version}: an image`, () => {
    const block = { type: 'image', data: 'AAAA', mimeType: 'image/png' } as const;
    assert.equal(encodeContent({ ...block, annotations, meta }, features), { ...block, ...kept });
  });

  test(`${version}: a sound, or a text that tells of it`, () => {
    const block = { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' } as const;
    const expected = since('2025-03-26', version)
      ? block
      : { type: 'text', text: '[audio, audio/wav, 4 characters of base64]' };
    assert.equal(encodeContent({ ...block, annotations, meta }, features), { ...expected, ...kept });
  });

  test(`${version}: an embedded resource`, () => {
    const contents = { uri: 'test://a', mimeType: 'text/plain', text: 'x' };
    const block: ContentBlock = { type: 'resource', resource: { ...contents, meta }, annotations, meta };
    assert.equal(encodeContent(block, features), {
      type: 'resource',
      resource: { ...contents, ...(since('2025-06-18', version) && { _meta: meta }) },
      ...kept,
    });
  });

  test(`${version}: a link to a resource, or a text with its address`, () => {
    const block = {
      type: 'resource_link',
      uri: 'test://a',
      name: 'a',
      title: 'A',
      description: 'The first',
      mimeType: 'text/plain',
      size: 1,
    } as const;
    const expected = since('2025-06-18', version) ? block : { type: 'text', text: 'A: test://a' };
    assert.equal(encodeContent({ ...block, annotations, meta }, features), { ...expected, ...kept });
  });
}

test('a link without a title is told by its name', () => {
  const block: ContentBlock = { type: 'resource_link', uri: 'test://a', name: 'a' };
  assert.equal(encodeContent(block, featuresOf('2024-11-05')), { type: 'text', text: 'a: test://a' });
  assert.equal(encodeContent(block, featuresOf('2025-11-25')), block);
});

test('the contents of a resource are text or base64', () => {
  const features = featuresOf('2025-11-25');
  assert.equal(encodeResourceContents({ uri: 'a:', text: '' }, features), { uri: 'a:', text: '' });
  assert.equal(encodeResourceContents({ uri: 'a:', blob: 'AAAA', mimeType: 'image/png' }, features), {
    uri: 'a:',
    blob: 'AAAA',
    mimeType: 'image/png',
  });
});

test('without annotations there are none', () => {
  assert.equal(annotationsOf(undefined, featuresOf('2025-11-25')), {});
  assert.equal(annotationsOf({ priority: 0 }, featuresOf('2025-11-25')), { annotations: { priority: 0 } });
});

test('only what is absent is dropped', () => {
  assert.equal(Object.entries(dropAbsent({ a: undefined, b: null, c: 0, d: '', e: false })), [
    ['b', null],
    ['c', 0],
    ['d', ''],
    ['e', false],
  ]);
});

test.run();
