import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isLogLevel, logLevels } from '../../../../src/domain/session/log-level.ts';
import { isJsonObject, type JsonObject, objectOf } from '../../../../src/domain/shared/json.ts';
import { classify } from '../../../../src/presentation/protocol/classify.ts';

const test = suite('classify, any _meta');

const PREFIX = 'io.modelcontextprotocol/';
const any = fc.jsonValue({ maxDepth: 2 });

const meta = fc.oneof(
  any,
  fc.record(
    {
      [`${PREFIX}protocolVersion`]: fc.oneof(fc.constantFrom('2026-07-28', '2025-11-25', ''), any),
      [`${PREFIX}clientCapabilities`]: fc.oneof(fc.dictionary(fc.string(), any), any),
      [`${PREFIX}clientInfo`]: fc.oneof(fc.record({ name: fc.string(), version: fc.string() }), any),
      [`${PREFIX}logLevel`]: fc.oneof(fc.constantFrom(...logLevels), any),
      progressToken: any,
    },
    { requiredKeys: [] },
  ),
);
const method = fc.constantFrom('initialize', 'ping', 'tools/list', 'foo', '__proto__');

test('each request has one era, or one reason for none', async () => {
  await fc.assert(
    fc.property(method, fc.option(meta, { nil: undefined }), fc.boolean(), (name, _meta, hasSession) => {
      const params = (_meta === undefined ? {} : { _meta }) as JsonObject;
      const result = classify({ kind: 'request', id: 1, method: name, params }, hasSession);
      assert.equal(outcomeOf(result), expected(name, _meta as JsonObject, hasSession));
    }),
  );
});

const outcomeOf = (result: ReturnType<typeof classify>) =>
  result.era === 'none' ? result.error.code : result.era;

/** The decision, told once more. */
function expected(name: string, _meta: unknown, hasSession: boolean): string | number {
  if (!isJsonObject(_meta) || !Object.hasOwn(_meta, `${PREFIX}protocolVersion`)) {
    return hasSession || name === 'initialize' || name === 'ping' ? 'legacy' : -32602;
  }
  const version = _meta[`${PREFIX}protocolVersion`];
  const logLevel = _meta[`${PREFIX}logLevel`] ?? undefined;
  if (typeof version !== 'string' || objectOf(_meta[`${PREFIX}clientCapabilities`]) === undefined)
    return -32602;
  if (version !== '2026-07-28') return -32022;
  return logLevel === undefined || isLogLevel(logLevel) ? 'modern' : -32602;
}

test.run();
