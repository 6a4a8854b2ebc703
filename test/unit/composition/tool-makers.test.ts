import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toolNames } from '../../../src/application/tools/tool-names.ts';
import { toolMakers } from '../../../src/composition/tool-makers.ts';

const test = suite('tool makers');

test('make exactly the tools that a configuration can name, in their order', () => {
  assert.equal(Object.keys(toolMakers), [...toolNames]);
});

test.run();
