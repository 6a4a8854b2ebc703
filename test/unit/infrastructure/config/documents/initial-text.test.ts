import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { initialText } from '../../../../../src/infrastructure/config/documents/initial-text.ts';
import { loadConfiguration } from '../../../../../src/infrastructure/config/load-configuration.ts';
import { allSettings } from '../../../../../src/infrastructure/config/schema/settings.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('initial text');

const load = (text: string) =>
  loadConfiguration({ file: '/c.yaml' }, memoryHost({ files: { '/c.yaml': text } }));

test('the initial text says nothing', async () => {
  const { configuration, notices, problems } = await load(initialText());
  const defaults = await loadConfiguration({}, memoryHost());
  assert.equal([...notices, ...problems], []);
  assert.equal(configuration, defaults.configuration);
});

test('the initial text says what holds anyway, once its comments are taken away', async () => {
  const text = initialText().replace(/^( *)#(?=\w)/gm, '$1');
  const { configuration, notices, problems, settings } = await load(text);
  const defaults = await loadConfiguration({}, memoryHost());
  assert.equal([...notices, ...problems], []);
  assert.equal(configuration, defaults.configuration);
  const withDefault = allSettings().filter(({ defaultValue }) => defaultValue !== undefined);
  const given = settings().filter(({ origin }) => origin !== 'default');
  assert.equal(
    given.map(({ key }) => key),
    withDefault.map(({ key }) => key),
  );
});

test('the initial text has the meaning of every setting above it, in lines that fit a screen', () => {
  const lines = initialText().split('\n');
  for (const { key, path } of allSettings()) {
    const found = lines.findIndex((line) => line.trim().startsWith(`#${path.at(-1)}:`));
    assert.match(lines[found - 1] ?? '', /^ +# .*\.$/, key);
  }
  assert.ok(lines.every((line) => line.length <= 110));
});

test.run();
