import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ContentBlock } from '../../../../../src/domain/shared/content-block.ts';
import { errorResult } from '../../../../../src/domain/tool/tool-result.ts';
import { printResult, printResultJson } from '../../../../../src/presentation/cli/call/print-result.ts';
import { RecordingTerminal } from '../recording-terminal.ts';

const test = suite('printResult');

test('the printer prints text and describes the rest', () => {
  const terminal = new RecordingTerminal();
  const content: ContentBlock[] = [
    { type: 'text', text: 'one' },
    { type: 'image', data: 'aGk=', mimeType: 'image/png' },
    { type: 'resource_link', uri: 'file:///a', name: 'a' },
    { type: 'resource', resource: { uri: 'file:///b', blob: 'aGk=' } },
    { type: 'text', text: 'two' },
  ];
  printResult('sample', { content, isError: false }, terminal);
  assert.equal(terminal.printed, ['one', 'two']);
  assert.equal(terminal.told, [
    'image: image/png, 2 bytes; --json prints it',
    'link: file:///a (a); --json prints it',
    'resource: file:///b, of no known type; --json prints it',
  ]);
});

test('the printer shows nothing at a terminal that could steer it, and prints all of it elsewhere', () => {
  const text = 'a\u001b]0;title\u0007\u001b[2Jb\tc\n';
  for (const shown of [true, false]) {
    const terminal = new RecordingTerminal({ shown });
    printResult('read_file', { content: [{ type: 'text', text }], isError: false }, terminal);
    assert.is(terminal.output, shown ? 'a]0;title[2Jb\tc\n' : text);
  }
});

test('the printer tells an error, and prints nothing', () => {
  const terminal = new RecordingTerminal();
  printResult('sample', errorResult('There is no such file'), terminal);
  assert.equal(terminal.printed, []);
  assert.equal(terminal.told, ['error: There is no such file']);
});

test('what JSON prints has no characters that other readers end a line at', () => {
  const terminal = new RecordingTerminal();
  printResultJson(errorResult('a\u0085b\u2028c\u2029d'), terminal);
  assert.not.match(terminal.output, /[\u0085\u2028\u2029]/);
  assert.is(JSON.parse(terminal.output).content[0].text, 'a\u0085b\u2028c\u2029d');
});

test('the printer prints the whole result as a client gets it', () => {
  const terminal = new RecordingTerminal();
  printResultJson({ content: [], structuredContent: { a: 1 }, isError: true, meta: { b: 2 } }, terminal);
  assert.equal(JSON.parse(terminal.output), {
    content: [],
    structuredContent: { a: 1 },
    isError: true,
    _meta: { b: 2 },
  });
});

test.run();
