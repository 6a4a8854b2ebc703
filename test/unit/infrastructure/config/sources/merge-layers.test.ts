import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSetting } from '../../../../../src/infrastructure/config/schema/settings.ts';
import type { GivenSetting } from '../../../../../src/infrastructure/config/sources/given-setting.ts';
import { mergeLayers } from '../../../../../src/infrastructure/config/sources/merge-layers.ts';

const test = suite('merge layers');

/** A layer that gives these values, each from a place of the layer's name. */
function layer(where: string, values: Readonly<Record<string, unknown>>) {
  const given = new Map<string, GivenSetting>();
  for (const [key, value] of Object.entries(values)) {
    const setting = findSetting(key);
    assert.ok(setting, key);
    given.set(key, { setting, value, place: { where } });
  }
  return { given };
}

function merge(...layers: readonly Readonly<Record<string, unknown>>[]) {
  const merged = mergeLayers(layers.map((values, index) => layer(`layer ${index}`, values)));
  return Object.fromEntries([...merged].map(([key, { value, place }]) => [key, [value, place.where]]));
}

test('the merge takes each setting from the first layer that gives it', async () => {
  const independent = ['server.name', 'mcp.page_size', 'mcp.tool_timeout', 'logging.level', 'tools.disabled'];
  const values = fc.dictionary(
    fc.constantFrom(...independent),
    fc.oneof(fc.string(), fc.integer(), fc.constant(false)),
  );
  await fc.assert(
    fc.property(fc.array(values, { maxLength: 4 }), (layers) => {
      const expected: Record<string, unknown> = {};
      for (const key of independent) {
        const first = layers.findIndex((given) => Object.hasOwn(given, key));
        if (first >= 0) expected[key] = [layers[first]?.[key], `layer ${first}`];
      }
      assert.equal(merge(...layers), expected);
    }),
  );
});

test('the merge puts a list that adds before the first list below it, and before no other', async () => {
  const setting = findSetting('tools.disabled');
  assert.ok(setting);
  const strings = fc.array(fc.string());
  await fc.assert(
    fc.property(
      strings,
      fc.array(fc.option(strings, { nil: undefined }), { maxLength: 3 }),
      (added, below) => {
        const flags = {
          given: new Map([
            [setting.key, { setting, value: added, place: { where: '--flag' }, adds: true } as const],
          ]),
        };
        const layers = below.map((value) =>
          layer('below', value === undefined ? {} : { [setting.key]: value }),
        );
        const first = below.find((value) => value !== undefined) ?? [];
        assert.equal(mergeLayers([flags, ...layers]).get(setting.key)?.value, [...added, ...first]);
      },
    ),
  );
});

test('the merge lets debug set the log level, with its own origin', () => {
  assert.equal(merge({}, { 'server.debug': true }, { 'logging.level': 'warn' }), {
    'server.debug': [true, 'layer 1'],
    'logging.level': ['debug', 'layer 1'],
  });
  assert.equal(merge({ 'server.debug': true, 'logging.level': 'warn' })['logging.level'], [
    'debug',
    'layer 0',
  ]);
});

test('the merge lets a log level of a higher layer stand against debug', () => {
  assert.equal(merge({ 'logging.level': 'warn' }, { 'server.debug': true })['logging.level'], [
    'warn',
    'layer 0',
  ]);
});

test('the merge sets no log level for a debug that is off, overridden or no boolean', () => {
  assert.is(merge({ 'server.debug': false })['logging.level'], undefined);
  assert.is(merge({ 'server.debug': false }, { 'server.debug': true })['logging.level'], undefined);
  assert.is(merge({ 'server.debug': 'very' })['logging.level'], undefined);
});

test('the merge takes a secret and its file for one setting', () => {
  const key = { 'security.state_key': 'k' };
  const file = { 'security.state_key_file': '/k' };
  assert.equal(Object.keys(merge(key, file)), ['security.state_key']);
  assert.equal(Object.keys(merge(file, key)), ['security.state_key_file']);
});

test.run();
