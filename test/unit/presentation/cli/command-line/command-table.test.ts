import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSetting } from '../../../../../src/infrastructure/config/schema/settings.ts';
import { commandNames, commands } from '../../../../../src/presentation/cli/command-line/command-table.ts';
import {
  globalOptions,
  type OptionRow,
  options,
} from '../../../../../src/presentation/cli/command-line/option-table.ts';
import { parseCommandLine } from '../../../../../src/presentation/cli/command-line/parse-command-line.ts';

const test = suite('command table');

const rows: [string, OptionRow][] = Object.entries(options);

test('the table gives every option a command that has it', () => {
  const used = new Set([...globalOptions, ...commandNames.flatMap((name) => commands[name].options)]);
  assert.equal([...used].sort(), Object.keys(options).sort());
});

test('the table gives no two options the same letter', () => {
  const letters = rows.flatMap(([, { short }]) => short ?? []);
  assert.is(new Set(letters).size, letters.length);
  for (const letter of letters) assert.match(letter, /^[A-Za-z]$/);
});

test('the table sets only settings that there are, to values that they take', () => {
  for (const [name, { setting: key, choices = [] }] of rows) {
    if (key === undefined) continue;
    const setting = findSetting(key);
    assert.ok(setting, `--${name} sets "${key}"`);
    for (const choice of choices) assert.ok(setting?.choices.includes(choice), `--${name} ${choice}`);
  }
});

test('the table repeats exactly the options that add to a list', () => {
  for (const [name, { setting: key, repeated = false }] of rows) {
    if (key === undefined) continue;
    const isList = findSetting(key)?.schema.type === 'array';
    assert.is(repeated, isList, `--${name}`);
  }
});

test('the table names the choices of an option in its description', () => {
  for (const [name, { choices = [], description }] of rows) {
    for (const choice of choices) assert.ok(description.includes(choice), `--${name} ${choice}`);
  }
});

test('the table describes everything in the same form', () => {
  const texts = [
    ...rows.map(([, { description }]) => description),
    ...commandNames.map((name) => commands[name].summary),
  ];
  for (const text of texts) assert.match(text, /^[A-Z].*[^.]$/);
});

test('the table has only the last operand of a command repeated, and no required one behind an optional', () => {
  for (const name of commandNames) {
    const { operands } = commands[name];
    for (const operand of operands.slice(0, -1)) assert.not.ok(operand.repeated, name);
    const required = operands.map((operand) => operand.required);
    assert.equal(required, [...required].sort().reverse(), name);
  }
});

test('the table gives every command examples that can be typed', () => {
  for (const name of commandNames) {
    assert.ok(commands[name].examples.length > 0, name);
    for (const [typed] of commands[name].examples) {
      const [program, ...argv] = typed.replaceAll("'", '').split(' ');
      assert.is(program, 'tfo-mcp');
      assert.is(parseCommandLine(argv).command, name);
    }
  }
});

test.run();
