import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resolveTemplate } from '../../../../src/application/resources/define-resource.ts';
import { family } from './test-resources.ts';

const test = suite('define-resource');

const byId = family('test://item/{id}');
const anything = family('test://{+path}');

test('the first family that fits has the resource', () => {
  assert.equal(resolveTemplate([byId, anything], 'test://item/7'), {
    definition: byId,
    variables: { id: '7' },
  });
  assert.equal(resolveTemplate([anything, byId], 'test://item/7'), {
    definition: anything,
    variables: { path: 'item/7' },
  });
  assert.is(resolveTemplate([byId, anything], 'test://other/7')?.definition, anything);
});

test('no family has what none fits', () => {
  assert.is(resolveTemplate([byId], 'test://other/7'), undefined);
  assert.is(resolveTemplate([], 'test://item/7'), undefined);
});

test.run();
