import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isGrant, isGranted, scopeOfTool, scopes } from '../../../../src/domain/policy/scope.ts';

const test = suite('scope');

test('a scope grants everything where nobody has limited anything, and with *', () => {
  for (const scope of scopes) {
    assert.ok(isGranted(scope, undefined));
    assert.ok(isGranted(scope, ['*']));
  }
});

test('a scope grants a scope with itself alone', () => {
  for (const wanted of scopes) {
    assert.not.ok(isGranted(wanted, []));
    for (const granted of scopes) assert.is(isGranted(wanted, [granted]), wanted === granted);
  }
});

test('a scope knows what can be granted', () => {
  for (const grant of [...scopes, '*']) assert.ok(isGrant(grant));
  for (const other of ['', 'tools', 'tools:*', 'Tools:read', 'constructor']) assert.not.ok(isGrant(other));
});

test('a scope takes a tool’s own scope, else one by whether it changes anything', () => {
  assert.is(scopeOfTool({ annotations: { readOnlyHint: true } }), 'tools:read');
  assert.is(scopeOfTool({ annotations: { readOnlyHint: false } }), 'tools:write');
  assert.is(scopeOfTool({ scope: 'tools:execute', annotations: { readOnlyHint: true } }), 'tools:execute');
});

test.run();
