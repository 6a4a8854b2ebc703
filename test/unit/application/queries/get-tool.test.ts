import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { getTool } from '../../../../src/application/queries/get-tool.ts';
import { localUser, type Principal } from '../../../../src/application/request-context.ts';
import { registryOf } from '../pipeline/test-tool.ts';

const test = suite('get-tool');

const get = getTool({ tools: registryOf({ name: 'look' }, { name: 'run', scope: 'tools:execute' }) });
const reader: Principal = { id: 'key:1', kind: 'key', scopes: ['tools:read'] };

test('the query finds a tool that its caller may use', () => {
  assert.is(get({ name: 'look' }, reader)?.name, 'look');
  assert.is(get({ name: 'run' }, localUser)?.name, 'run');
});

test('the query finds none that there isn’t, or that isn’t the caller’s', () => {
  assert.is(get({ name: 'run' }, reader), undefined);
  assert.is(get({ name: 'nope' }, localUser), undefined);
});

test.run();
