import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { callTool, refusalOf, toolSuite } from '../support/tool-scene.ts';

/** Arguments as clients send them that fill in everything, or send everything as text; each on the tool itself. */
const test = toolSuite('arguments of real clients, by the bundle');

// [tool, arguments, what the answer has]
const taken: readonly (readonly [string, object, RegExp])[] = [
  ['read_file', { path: 'a.txt', encoding: null, offset: null, limit: null, tail: null }, /^one\ntwo\n$/],
  ['read_file', { path: 'a.txt', encoding: '', offset: '', limit: '', tail: '' }, /^one\ntwo\n$/],
  ['read_file', { path: 'a.txt', offset: '1', limit: '1' }, /^two\n?$/],
  ['list_directory', { path: '.', recursive: 'true', limit: '5', cursor: '', max_depth: '' }, /a\.txt/],
  ['list_directory', { path: '.', recursive: '', details: '', include_hidden: null, cursor: null }, /a\.txt/],
  ['search_files', { path: '.', pattern: '*.txt', content: '', context_lines: '', limit: null }, /"count":1/],
  ['search_files', { path: '.', pattern: '*.txt', content: 'two', context_lines: '1' }, /"before":\["one"\]/],
  ['execute_command', { argv: '["echo", "a b"]', command: '', working_dir: '', env: '', stdin: '' }, /a b/],
  ['execute_command', { command: 'echo $PORT', argv: [], env: { PORT: 8080 }, timeout: '5' }, /8080/],
  ['execute_command', { command: 'echo $PORT', argv: null, env: '{"PORT":8080}', stdin: null }, /8080/],
  ['execute_command', { command: 'echo $((1+1))', env: [] }, /2/],
  ['execute_command', { command: 'echo $((1+1))', env: '[]' }, /2/],
  ['execute_command', { argv: ['expr', 40, '+', 2], timeout: null }, /42/],
  [
    'write_file',
    { path: 'b.txt', content: '3', mode: null, create_dirs: null, dry_run: 'true' },
    /"bytes_written":0/,
  ],
  [
    'write_file',
    { path: 'c.txt', content: '["a"]', create_dirs: 'false', encoding: '' },
    /"bytes_written":5/,
  ],
];

for (const [tool, args, expected] of taken) {
  test(`${tool} takes ${JSON.stringify(args)}`, async (scene) => {
    writeFileSync(join(scene.allowed, 'a.txt'), 'one\ntwo\n');
    const { content, isError } = await callTool(scene, tool, args);
    assert.not(isError, content[0].text);
    assert.match(content[0].text, expected);
  });
}

const refused: readonly (readonly [string, object, RegExp])[] = [
  ['echo', { message: null }, /"message": expected string, got null/],
  ['echo', { message: 3 }, /"message": expected string, got 3/],
  [
    'write_file',
    { path: 'b.txt', content: 'x', mode: '' },
    /"mode": expected \("overwrite" \| "create" \| "append"\), got ""/,
  ],
  ['write_file', { path: 'b.txt', content: 'x', dry_run: '' }, /"dry_run": expected boolean, got ""/],
  ['write_file', { path: 'b.txt', content: 'x', create_dirs: '' }, /"create_dirs": expected boolean, got ""/],
  ['write_file', { path: 'b.txt', content: 'x', mode: 'overwritte' }, /did you mean "overwrite"\?/],
  [
    'write_file',
    { file_path: 'b.txt', content: 'x' },
    /"path" is required; "file_path" is no argument.*mean "path"\?/,
  ],
  ['write_file', { path: 'b.txt', content: { a: 1 } }, /"content": expected string, got object/],
  ['read_file', { path: '' }, /it is empty/],
  ['list_directory', { path: '.', limit: 1.5 }, /"limit": expected a whole number, got 1.5/],
  ['list_directory', { path: '.', limit: '1.5' }, /"limit": expected a whole number, got 1.5/],
  ['execute_command', { command: 'ls', env: ['A=1'] }, /"env": expected an object such as .*, got an array/],
  ['execute_command', { argv: [] }, /"argv" to hold a program and its arguments, got an empty list/],
  ['execute_command', { argv: '', command: '' }, /nothing but blanks/],
  [
    'execute_command',
    { command: 'ls', timeout: 30000 },
    /expected at most 600 seconds \(not milliseconds\), got 30000/,
  ],
  [
    'execute_command',
    { command: 'ls', cwd: '/' },
    /"cwd" is no argument of this tool \(it takes command, argv, /,
  ],
];

for (const [tool, args, expected] of refused) {
  test(`${tool} refuses ${JSON.stringify(args)}`, async (scene) => {
    assert.match(await refusalOf(scene, tool, args), expected);
    assert.not(existsSync(join(scene.allowed, 'b.txt')));
  });
}

test.run();
