import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scopesOfToken } from '../../../../src/infrastructure/auth/token-scopes.ts';

const test = suite('token-scopes');

for (const [claims, scopes] of [
  [{ scope: 'openid tools:read  prompts:read' }, ['tools:read', 'prompts:read']],
  [{ scp: ['tools:read', 'tools:execute', 7] }, ['tools:read', 'tools:execute']],
  [{ scp: 'tools:write' }, ['tools:write']],
  [{ scope: 'tools:read', scp: ['tools:read', 'tools:write'] }, ['tools:read', 'tools:write']],
  [{ scope: '*' }, ['*']],
  [{ scope: 'openid profile' }, []],
  [{ scope: { 'tools:read': true } }, []],
  [{}, []],
] as const) {
  test(`${JSON.stringify(claims)} grants ${scopes.join(' ') || 'nothing'}`, () =>
    assert.equal(scopesOfToken(claims), scopes));
}

test.run();
