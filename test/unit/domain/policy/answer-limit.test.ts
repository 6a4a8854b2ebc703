import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exceedsAnswerLimit, MAX_ANSWER_BYTES } from '../../../../src/domain/policy/answer-limit.ts';
import { escapeLineSeparators } from '../../../../src/domain/shared/json.ts';
import {
  errorResult,
  structuredResult,
  type ToolResult,
  textResult,
} from '../../../../src/domain/tool/tool-result.ts';

const test = suite('answer-limit');

/** Bytes that the official clients take, less the room for the envelope. */
const LIMIT = 10 * 1024 * 1024 - 4096;

const encodedBytes = ({ json, ...result }: ToolResult) =>
  Buffer.byteLength(escapeLineSeparators(JSON.stringify(result)));

test('the limit takes the word of a tool for what its content takes at most, and of nothing else', () => {
  const long = textResult('x'.repeat(LIMIT));
  assert.not(exceedsAnswerLimit({ ...long, mostBytes: LIMIT - 1 }));
  assert.ok(exceedsAnswerLimit({ ...textResult(''), mostBytes: LIMIT }));
  assert.ok(exceedsAnswerLimit({ ...long, mostBytes: 1, meta: {} }));
});

test('the limit counts what stands behind a structured result', () => {
  const result = structuredResult({ n: 1 });
  const remark = { type: 'text', text: 'x'.repeat(LIMIT) } as const;
  assert.ok(exceedsAnswerLimit({ ...result, content: [...result.content, remark] }));
});

test('the limit is what the official clients take', () => {
  assert.is(MAX_ANSWER_BYTES, 10_485_760);
});

/** Every kind of character by the bytes that it takes as JSON in UTF-8. */
const kinds = [
  ['ASCII', 'x', 1],
  ['quotes', '"', 2],
  ['backslashes', '\\', 2],
  ['line ends', '\n', 2],
  ['control characters', '\u0001', 6],
  ['characters of two bytes', 'é', 2],
  ['characters of three bytes', '€', 3],
  ['line separators', '\u2028', 6],
  ['paragraph separators', '\u2029', 6],
  ['next lines', '\u0085', 6],
  ['characters of four bytes', '😀', 4],
  ['lone high surrogates', '\ud83d', 6],
  ['lone low surrogates', '\ude00', 6],
] as const;

for (const [kind, character, bytes] of kinds) {
  test(`the limit counts ${kind} to the byte`, () => {
    const room = LIMIT - encodedBytes(textResult(''));
    const text = 'x'.repeat(room % bytes) + character.repeat(Math.floor(room / bytes));
    const reaches = textResult(text);
    assert.is(encodedBytes(reaches), LIMIT);
    assert.ok(exceedsAnswerLimit(reaches), 'a result that reaches the limit exceeds it');
    const below = textResult(
      room % bytes > 0 ? text.slice(1) : `${text.slice(character.length)}${'x'.repeat(bytes - 1)}`,
    );
    assert.is(encodedBytes(below), LIMIT - 1);
    assert.not(exceedsAnswerLimit(below));
  });
}

test('the limit counts every block', () => {
  const block = { type: 'text', text: 'x'.repeat(LIMIT / 4) } as const;
  assert.not(exceedsAnswerLimit({ content: [block, block, block], isError: false }));
  assert.ok(exceedsAnswerLimit({ content: [block, block, block, block], isError: false }));
});

for (const [kind, character] of kinds) {
  test(`the limit counts ${kind} of a structured result, in its value and in its text`, () => {
    const room = LIMIT - encodedBytes(structuredResult({ text: '' }));
    const perCharacter = encodedBytes(structuredResult({ text: character })) - (LIMIT - room);
    const most = structuredResult({ text: character.repeat(Math.floor(room / perCharacter)) });
    assert.not(exceedsAnswerLimit(most));
    assert.ok(
      exceedsAnswerLimit(structuredResult({ text: character.repeat(Math.ceil(LIMIT / perCharacter)) })),
    );
  });
}

test('the limit counts structured content, _meta and media, however short the text', () => {
  const long = 'x'.repeat(LIMIT);
  const short = textResult('short');
  assert.ok(exceedsAnswerLimit({ ...short, structuredContent: { long } }));
  assert.ok(exceedsAnswerLimit({ ...short, meta: { long } }));
  assert.ok(
    exceedsAnswerLimit({ isError: false, content: [{ type: 'image', data: long, mimeType: 'image/png' }] }),
  );
  assert.ok(
    exceedsAnswerLimit({
      isError: false,
      content: [{ type: 'resource', resource: { uri: 'a:', blob: long } }],
    }),
  );
});

test('the limit lets everyday answers pass', () => {
  assert.not(exceedsAnswerLimit(textResult('')));
  assert.not(exceedsAnswerLimit(errorResult('no')));
  assert.not(exceedsAnswerLimit({ content: [], isError: false }));
  assert.not(exceedsAnswerLimit({ ...textResult('short'), structuredContent: { n: 1 } }));
});

test.run();
