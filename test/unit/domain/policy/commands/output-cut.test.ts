import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_ANSWER_BYTES } from '../../../../../src/domain/policy/answer-limit.ts';
import {
  type CapturedOutput,
  cutOutputs,
  encodedLength,
  outputLimit,
} from '../../../../../src/domain/policy/commands/output-cut.ts';
import { escapeLineSeparators } from '../../../../../src/domain/shared/json.ts';

const test = suite('output-cut');

const all = (head: string): CapturedOutput => ({ head, tail: '', omittedBytes: 0 });
const none = all('');

/** As it stands in the text of a result. */
const lengthInText = (text: string) =>
  Buffer.byteLength(escapeLineSeparators(JSON.stringify(JSON.stringify(text)))) - 6;

test('the cut counts what a text takes as JSON inside of JSON', async () => {
  for (const text of [
    '',
    'abc',
    '"',
    '\\',
    '\n\t\r\b\f',
    '\x00\x1f\x7f',
    'äß',
    '日本',
    '😀',
    '\ufffd',
    '\ud800',
    '\udc00x',
    'a\u0085\u2028\u2029',
  ])
    assert.is(encodedLength(text), lengthInText(text), JSON.stringify(text));
  await fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 50 }),
      (text) => encodedLength(text) === lengthInText(text),
    ),
  );
});

/** A limit that no call can raise. */
const upTo = (limit: number) => ({ limit, most: limit });

test('a cut says how much more a call may ask for', () => {
  const { stdout } = cutOutputs({ stdout: all('x'.repeat(5000)), stderr: none }, { limit: 1000, most: 9000 });
  assert.match(stdout, 'left out here: "max_output" gives up to 9000; to see all');
});

test('the cut leaves alone what fits, to the byte', () => {
  assert.equal(cutOutputs({ stdout: all('x'.repeat(1000)), stderr: none }, upTo(1000)), {
    stdout: 'x'.repeat(1000),
    stderr: '',
    truncated: false,
  });
  assert.ok(cutOutputs({ stdout: all('x'.repeat(1001)), stderr: none }, upTo(1000)).truncated);
});

test('the cut keeps head and tail, and names the cut', () => {
  const text = `first${'-'.repeat(10_000)}last`;
  const { stdout, truncated } = cutOutputs({ stdout: all(text), stderr: none }, upTo(1000));
  assert.ok(truncated);
  const [, head = '', left, tail = ''] =
    /^(.*)\n\[(\d+) bytes are left out here: to see all, .*\]\n(.*)$/.exec(stdout) ?? [];
  assert.ok(head.startsWith('first-'));
  assert.ok(tail.endsWith('-last'));
  assert.is(head.length + tail.length + Number(left), text.length);
  assert.is(head.length, tail.length);
  assert.ok(encodedLength(stdout) <= 1000);
});

test('a gap that was there before is named even if the rest fits, and counted with what goes', () => {
  const gap = { head: 'begin', tail: 'end', omittedBytes: 100 };
  const { stdout, truncated } = cutOutputs({ stdout: gap, stderr: none }, upTo(1000));
  assert.ok(truncated);
  assert.match(stdout, /^begin\n\[100 bytes are left out.*\]\nend$/);
  const longer = { head: 'h'.repeat(600), tail: 't'.repeat(600), omittedBytes: 100 };
  const cut = cutOutputs({ stdout: longer, stderr: none }, upTo(1000)).stdout;
  assert.match(cut, /^h{400}\n\[500 bytes are left out.*\]\nt{400}$/);
});

test('a gap in the shorter output costs it nothing of what is left', () => {
  const gap = { head: 'begin', tail: 'end', omittedBytes: 100 };
  const { stderr } = cutOutputs({ stdout: all('o'.repeat(5000)), stderr: gap }, upTo(2000));
  assert.match(stderr, /^begin\n\[100 bytes are left out.*\]\nend$/);
});

test('the shorter output is kept whole, and the longer one gets what it leaves', () => {
  const long = all('o'.repeat(5000));
  const short = all('e'.repeat(300));
  const one = cutOutputs({ stdout: long, stderr: short }, upTo(2000));
  assert.is(one.stderr, short.head);
  assert.ok(one.stdout.length > 1500);
  const other = cutOutputs({ stdout: short, stderr: long }, upTo(2000));
  assert.is(other.stdout, short.head);
  assert.ok(other.stderr.length > 1500);
});

test('two long outputs share alike', () => {
  const { stdout, stderr } = cutOutputs(
    { stdout: all('o'.repeat(5000)), stderr: all('e'.repeat(5000)) },
    upTo(2000),
  );
  assert.is(stdout.length, stderr.length);
});

test('whatever comes, the limit holds, characters stay whole and the count is right', async () => {
  const output = fc.record({
    head: fc.string({ unit: 'binary', maxLength: 600 }),
    tail: fc.string({ unit: 'binary', maxLength: 600 }),
    omittedBytes: fc.constantFrom(0, 7),
  });
  await fc.assert(
    fc.property(output, output, fc.integer({ min: 500, max: 4000 }), (stdout, stderr, limit) => {
      const cut = cutOutputs({ stdout, stderr }, upTo(limit));
      assert.ok(encodedLength(cut.stdout) + encodedLength(cut.stderr) <= limit);
      assert.ok(cut.stdout.isWellFormed() && cut.stderr.isWellFormed());
      if (cut.truncated) return;
      assert.is(cut.stdout, stdout.head + stdout.tail);
      assert.is(cut.stderr, stderr.head + stderr.tail);
    }),
  );
});

test('no setting lets an answer reach what clients take', () => {
  assert.is(outputLimit(256 * 1024), 256 * 1024);
  const most = outputLimit(8 * 1024 * 1024);
  assert.ok(most >= 5_000_000);
  const { stdout, stderr } = cutOutputs({ stdout: all('"'.repeat(8e6)), stderr: none }, upTo(most));
  const value = { stdout, stderr };
  const answer = { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
  assert.ok(Buffer.byteLength(JSON.stringify(answer)) < MAX_ANSWER_BYTES - 8192);
});

test.run();
