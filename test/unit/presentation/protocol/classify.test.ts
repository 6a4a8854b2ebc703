import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { claimsModern, classify } from '../../../../src/presentation/protocol/classify.ts';
import { supportedVersions } from '../../../../src/presentation/protocol/revisions.ts';

const test = suite('classify');

const PREFIX = 'io.modelcontextprotocol/';
const CLAIM = `${PREFIX}protocolVersion`;

const envelope = (more: JsonObject = {}): JsonObject => ({
  [CLAIM]: '2026-07-28',
  [`${PREFIX}clientCapabilities`]: {},
  ...more,
});

const classified = (method: string, params: JsonObject | undefined, hasSession = false) =>
  classify({ kind: 'request', id: 1, method, params }, hasSession);

const errorOf = (params: JsonObject | undefined, hasSession = false) => {
  const result = classified('tools/list', params, hasSession);
  return result.era === 'none' ? result.error.toObject() : result.era;
};

for (const hasSession of [false, true]) {
  const where = hasSession ? 'with a session' : 'without a session';

  test(`a request with a whole envelope is modern, ${where}, whatever its method`, () => {
    for (const method of ['tools/list', 'initialize', 'ping', 'foo']) {
      const result = classified(method, { _meta: envelope() }, hasSession);
      assert.is(result.era, 'modern');
    }
  });

  test(`initialize and ping without a claim are legacy, ${where}`, () => {
    for (const method of ['initialize', 'ping']) {
      for (const params of [undefined, {}, { _meta: {} }, { _meta: { progressToken: 1 } }]) {
        assert.equal(classified(method, params, hasSession), { era: 'legacy' });
      }
    }
  });
}

test('any request without a claim belongs to the session, if there is one', () => {
  assert.equal(classified('tools/list', undefined, true), { era: 'legacy' });
  assert.equal(classified('foo', { _meta: 5 }, true), { era: 'legacy' });
});

for (const params of [
  undefined,
  {},
  { _meta: {} },
  { _meta: null },
  { _meta: 'x' },
  { _meta: [] },
  { _meta: { [`${PREFIX}clientCapabilities`]: {} } },
  { _meta: { [`${PREFIX}protocolversion`]: '2026-07-28' } },
  { _meta: { protocolVersion: '2026-07-28' } },
  { [CLAIM]: '2026-07-28' },
]) {
  test(`without a session ${JSON.stringify(params) ?? 'nothing'} makes no era, and the answer says how to get one`, () => {
    assert.equal(errorOf(params), {
      code: -32602,
      message: `Expected "${CLAIM}" in "_meta" (2026-07-28) or "initialize" first (2025-11-25 and older), got neither`,
      data: { code: 'session.missing', missing: [CLAIM], supported: supportedVersions },
    });
  });
}

test('the claim must be the message’s own', () => {
  assert.not(claimsModern({ _meta: Object.create({ [CLAIM]: '2026-07-28' }) }));
  assert.ok(claimsModern({ _meta: { [CLAIM]: undefined } }));
});

const CAPABILITIES = `${PREFIX}clientCapabilities`;

for (const [what, meta, missing] of [
  ['a version that is a number', envelope({ [CLAIM]: 5 }), [CLAIM]],
  ['a version that is null', envelope({ [CLAIM]: null }), [CLAIM]],
  ['no capabilities', { [CLAIM]: '2026-07-28' }, [CAPABILITIES]],
  ['capabilities that are a list', envelope({ [CAPABILITIES]: ['roots'] }), [CAPABILITIES]],
  ['capabilities that are null', envelope({ [CAPABILITIES]: null }), [CAPABILITIES]],
  ['neither', { [CLAIM]: {} }, [CLAIM, CAPABILITIES]],
  ['no capabilities and a version that isn’t served', { [CLAIM]: '1900-01-01' }, [CAPABILITIES]],
] as const) {
  test(`an envelope with ${what} is malformed`, () => {
    assert.equal(errorOf({ _meta: meta }), {
      code: -32602,
      message: `Expected a string in "${CLAIM}" and an object in "${CAPABILITIES}"`,
      data: { code: 'envelope.invalid', missing },
    });
  });
}

for (const version of ['1900-01-01', '2025-11-25', '2024-11-05', '', 'draft', '__proto__']) {
  test(`the version ${JSON.stringify(version)} isn’t served per request, with a session or without`, () => {
    const expected = {
      code: -32022,
      message: `Protocol version "${version}" is not served here per request`,
      data: { code: 'version.unsupported', supported: supportedVersions, requested: version },
    };
    assert.equal(errorOf({ _meta: envelope({ [CLAIM]: version }) }), expected);
    assert.equal(errorOf({ _meta: envelope({ [CLAIM]: version }) }, true), expected);
  });
}

test('the refusal shows of a long version no more than its beginning', () => {
  const error = errorOf({ _meta: envelope({ [CLAIM]: 'v'.repeat(100_000) }) });
  assert.ok(JSON.stringify(error).length < 600);
});

for (const logLevel of ['loud', 'INFO', '', 5, ['info']]) {
  test(`${JSON.stringify(logLevel)} is no log level`, () => {
    const error = errorOf({ _meta: envelope({ [`${PREFIX}logLevel`]: logLevel }) });
    assert.equal(typeof error === 'object' && [error.code, error.data], [
      -32602,
      { code: 'envelope.invalid' },
    ]);
  });
}

test('the classifier tells what the request says of its client', () => {
  const result = classified('tools/list', {
    _meta: envelope({
      [`${PREFIX}clientCapabilities`]: { roots: {} },
      [`${PREFIX}clientInfo`]: { name: 'Ada', version: '1.0', extra: 1 },
      [`${PREFIX}logLevel`]: 'warning',
    }),
  });
  assert.ok(result.era === 'modern');
  const { features, ...said } = result.envelope;
  assert.is(features.version, '2026-07-28');
  assert.equal(said, {
    capabilities: { roots: {} },
    client: { name: 'Ada', version: '1.0' },
    logLevel: 'warning',
  });
});

for (const info of [undefined, null, 'x', [], {}, { name: 5, version: {} }]) {
  test(`a client may introduce itself with ${JSON.stringify(info)}`, () => {
    const result = classified('tools/list', { _meta: envelope({ [`${PREFIX}clientInfo`]: info }) });
    assert.equal(result.era === 'modern' && result.envelope.client, { name: '', version: '' });
  });
}

test.run();
