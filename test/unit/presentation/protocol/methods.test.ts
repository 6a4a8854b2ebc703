import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { methods as legacy } from '../../../../src/presentation/protocol/legacy/methods.ts';
import { methods as modern } from '../../../../src/presentation/protocol/modern/methods.ts';

const test = suite('methods');

/** The methods that the specification gives both eras: a copy of the contract, not of the tables. */
const both = [
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
];

test('the legacy era has these, besides initialize', () => {
  const own = ['ping', 'shutdown', 'resources/subscribe', 'resources/unsubscribe', 'logging/setLevel'];
  assert.equal([...legacy.keys()].sort(), [...both, ...own].sort());
});

test('the modern era has these: what was removed is not there', () => {
  assert.equal([...modern.keys()].sort(), [...both, 'server/discover', 'subscriptions/listen'].sort());
});

for (const [era, table] of [
  ['legacy', legacy],
  ['modern', modern],
] as const) {
  test(`${era}: a method exists while there is something for it`, () => {
    for (const [method, { needs }] of table) {
      const [family = ''] = method.split('/');
      const expected: Record<string, string> = {
        tools: 'tools',
        resources: 'resources',
        prompts: 'prompts',
        completion: 'completions',
        logging: 'logging',
      };
      assert.is(needs, expected[family], method);
    }
  });
}

test.run();
