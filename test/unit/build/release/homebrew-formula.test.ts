import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { homebrewFormula } from '../../../../build/release/homebrew-formula.ts';

const test = suite('Homebrew formula');

const template = 'version "{{version}}"\nurl "{{url a-b}}"\nputs "#{bin}" # {{version}}\n';

test('the formula is the template with its gaps filled', () => {
  const formula = homebrewFormula(template, { version: '1.2.3', 'url a-b': 'https://example.org/$1' });
  assert.is(formula, 'version "1.2.3"\nurl "https://example.org/$1"\nputs "#{bin}" # 1.2.3\n');
});

test('the formula has no gap left', () => {
  assert.throws(
    () => homebrewFormula(template, { version: '1' }),
    /a value for "url a-b" of the formula, got none/,
  );
});

test('the formula has no value left', () => {
  const values = { version: '1', 'url a-b': '', 'url c-d': '' };
  assert.throws(() => homebrewFormula(template, values), /a gap for each value, got none for "url c-d"/);
});

test.run();
