import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { structuredResult } from '../../../../../src/domain/tool/tool-result.ts';
import { printResult } from '../../../../../src/presentation/cli/call/print-result.ts';
import { RecordingTerminal } from '../recording-terminal.ts';

const test = suite('listings');

const ran = {
  exit_code: 0,
  signal: null,
  timed_out: false,
  truncated: false,
  duration_ms: 5,
  stdout: '',
  stderr: '',
};
const found = { count: 1, truncated: false, skipped: {} };

/** A tool, its result, what a person sees of it, and what is told beside it. */
const shown: readonly (readonly [what: string, tool: string, JsonObject, string, string])[] = [
  [
    'a directory',
    'list_directory',
    {
      path: '/a',
      truncated: false,
      entries: [
        { path: 'b', type: 'directory' },
        { path: 'c', type: 'symlink' },
        { path: 'd', type: 'file' },
      ],
    },
    'b/\nc@\nd',
    '',
  ],
  [
    'sizes and times',
    'list_directory',
    {
      path: '/a',
      truncated: false,
      entries: [
        { path: 'b', type: 'file', size: 7, modified: '2026-01-01T00:00:00.000Z' },
        { path: 'c', type: 'file', size: 7000, modified: '2026-01-01T00:00:00.000Z' },
      ],
    },
    '2026-01-01T00:00:00.000Z  7     b\n2026-01-01T00:00:00.000Z  7000  c',
    '',
  ],
  [
    'an empty directory',
    'list_directory',
    { path: '/a', truncated: false, entries: [] },
    '',
    'There is nothing in it',
  ],
  [
    'a part of a directory',
    'list_directory',
    {
      path: '/a',
      truncated: true,
      next_cursor: 'Yg',
      unreadable: ['x'],
      entries: [{ path: 'b', type: 'file' }],
    },
    'b',
    'Not readable: x\nThere is more; go on with cursor=Yg, or give a limit',
  ],
  [
    'a name that would steer the terminal',
    'list_directory',
    { path: '/a', truncated: false, entries: [{ path: 'a\u001b[2J\nb', type: 'file' }] },
    '"a[U+001B][2J\\nb"',
    '',
  ],
  [
    'files found',
    'search_files',
    { ...found, matches: [{ path: 'a.ts' }, { path: 'b.ts' }] },
    'a.ts\nb.ts',
    '',
  ],
  [
    'lines found',
    'search_files',
    { ...found, matches: [{ path: 'a.ts', line: 3, text: 'three', before: ['two'], after: ['four'] }] },
    'a.ts-2-two\na.ts:3:three\na.ts-4-four',
    '',
  ],
  [
    'nothing found',
    'search_files',
    { ...found, count: 0, matches: [], truncated: false, skipped: { too_large: 2 }, note: 'Why' },
    '',
    'Nothing was found\nWhy\nPassed over: 2 too large',
  ],
  ['the output of a command', 'execute_command', { ...ran, stdout: 'a\u001b[31mb\n' }, 'a[31mb\n', ''],
  [
    'a command that failed',
    'execute_command',
    { ...ran, exit_code: 3, stderr: 'no\n' },
    '',
    'no\nThe command ended with exit code 3',
  ],
  [
    'a command that was ended',
    'execute_command',
    { ...ran, exit_code: null, signal: 'SIGKILL', truncated: true },
    '',
    'Its output is not whole; give max_output\nThe command was ended by SIGKILL',
  ],
  [
    'directories that were skipped',
    'list_directory',
    { path: '/d', truncated: false, unreadable: ['a'], more_unreadable: 7, entries: [] },
    '',
    'There is nothing in it\nNot readable: a\n7 more are not readable',
  ],
  [
    'a preview',
    'write_file',
    { path: '/a', bytes_written: 0, created: true, atomic: true, diff: '+a\n' },
    '+a\n',
    'Nothing was written to /a',
  ],
  [
    'an answer',
    'claude_conversation',
    { conversation_id: 'x', text: 'Hi' },
    'Hi',
    'This is conversation_id=x',
  ],
  ['anything else', 'system_info', { a: { b: 1 } }, '{\n  "a": {\n    "b": 1\n  }\n}', ''],
];

for (const [what, tool, value, text, remarks] of shown) {
  test(`a person at a terminal sees ${what}`, () => {
    const terminal = new RecordingTerminal({ shown: true });
    printResult(tool, structuredResult(value), terminal);
    assert.equal([terminal.output, terminal.messages], [text, remarks]);
  });

  test(`a program in a pipe gets ${what} as JSON`, () => {
    const terminal = new RecordingTerminal();
    printResult(tool, structuredResult(value), terminal);
    assert.equal([JSON.parse(terminal.output), terminal.messages], [value, '']);
  });
}

test.run();
