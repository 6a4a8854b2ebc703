import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { findMirrorMismatch } from '../../../../../src/presentation/protocol/http/mirrored-arguments.ts';

const test = suite('mirrored-arguments');

const schema: JsonObject = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    level: { type: 'integer', 'x-mcp-header': 'Level' },
    exact: { type: 'boolean', 'x-mcp-header': 'Exact' },
    plain: { type: 'string' },
    odd: { type: 'string', 'x-mcp-header': 5 },
    any: true,
  },
};

/** @throws RpcError for the first header that does not agree */
function check(args: JsonObject, headers: Readonly<Record<string, string>>, inputSchema = schema): void {
  const refusal = findMirrorMismatch(inputSchema, args, (name) => headers[name]);
  if (refusal) throw refusal.error;
}

const agreeing: readonly [JsonObject, Readonly<Record<string, string>>][] = [
  [{}, {}],
  [{ region: 'eu' }, { 'mcp-param-region': 'eu' }],
  [{ region: 'eu' }, { 'mcp-param-region': '  eu\t' }],
  [{ region: 'é' }, { 'mcp-param-region': '=?base64?w6k=?=' }],
  [{ region: '' }, { 'mcp-param-region': '' }],
  [{ level: 42 }, { 'mcp-param-level': '42' }],
  [{ level: 42 }, { 'mcp-param-level': '42.0' }],
  [{ level: 0 }, { 'mcp-param-level': '0' }],
  [{ exact: true }, { 'mcp-param-exact': 'true' }],
  [{ region: null }, {}],
  [{ plain: 'x', odd: 'y', any: 1, more: 2 }, {}],
];

for (const [args, headers] of agreeing) {
  test(`${JSON.stringify(args)} agrees with ${JSON.stringify(headers)}`, () => {
    assert.not.throws(() => check(args, headers));
  });
}

const disagreeing: readonly [JsonObject, Readonly<Record<string, string>>, RegExp][] = [
  [{ region: 'eu' }, {}, /Expected a header "Mcp-Param-Region"/],
  [{ region: 'eu' }, { 'mcp-param-region': 'us' }, /to equal its argument/],
  [{ region: 'eu' }, { 'mcp-param-region': 'EU' }, /to equal its argument/],
  [{ region: 'eu' }, { 'mcp-param-region': '=?base64?x?=' }, /valid base64/],
  [{}, { 'mcp-param-region': 'eu' }, /Expected no header "Mcp-Param-Region"/],
  [{ region: null }, { 'mcp-param-region': 'null' }, /Expected no header/],
  [{ level: 0 }, { 'mcp-param-level': '' }, /to equal its argument/],
  [{ level: 1 }, { 'mcp-param-level': 'one' }, /to equal its argument/],
  [{ exact: true }, { 'mcp-param-exact': '1' }, /to equal its argument/],
];

for (const [args, headers, problem] of disagreeing) {
  test(`${JSON.stringify(args)} does not agree with ${JSON.stringify(headers)}`, () => {
    assert.throws(
      () => check(args, headers),
      (error: { code: number; message: string }) => error.code === -32020 && problem.test(error.message),
    );
  });
}

test('an argument that every object has is none', () => {
  const inherited = { properties: { constructor: { 'x-mcp-header': 'Constructor' } } };
  assert.not.throws(() => check({}, {}, inherited));
});

test('a schema without properties asks for nothing', () => {
  assert.not.throws(() => check({ region: 'eu' }, {}, { type: 'object' }));
});

test.run();
