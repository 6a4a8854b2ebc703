import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandNames } from '../../../../../src/presentation/cli/command-line/command-table.ts';
import {
  renderCommandHelp,
  renderHelp,
} from '../../../../../src/presentation/cli/command-line/render-help.ts';
import { matchesSnapshot } from '../../../../support/snapshot.ts';

const test = suite('renderHelp');

const plain = (_style: string, text: string) => text;

test('the help explains the program', () => matchesSnapshot(`${renderHelp(plain)}\n`, 'help.txt'));

for (const name of commandNames) {
  test(`the help explains ${name}`, () =>
    matchesSnapshot(`${renderCommandHelp(name, plain)}\n`, `help-${name}.txt`));
}

test('the help fits a terminal of 80 columns', () => {
  const lines = [renderHelp(plain), ...commandNames.map((name) => renderCommandHelp(name, plain))]
    .join('\n')
    .split('\n');
  assert.equal(
    lines.filter((line) => line.length > 80),
    [],
  );
});

test('the help paints headings', () => {
  const painted = renderHelp((style, text) => `<${style}>${text}</${style}>`);
  assert.match(painted, '<bold>Commands:</bold>');
});

test.run();
