import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../../../../../build/paths.ts';
import { guideNames } from '../../../../../src/presentation/cli/guide-names.ts';
import { runCli } from '../../../../../src/presentation/cli/run-cli.ts';
import { renderMarkdown } from '../../../../../src/presentation/cli/terminal/render-markdown.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('render Markdown');

const paint = (style: string, text: string) => `<${style}>${text}</${style}>`;
const render = (markdown: string, columns = 40) => renderMarkdown(markdown, { paint, columns });

for (const [what, markdown, shown] of [
  ['a heading', '# Title\ntext', '<bold>Title</bold>\n\ntext'],
  ['a heading below', '## Title `x`\n', '<bold>Title `x`</bold>'],
  ['a paragraph', `one two\nthree ${'x'.repeat(30)} four`, `one two three\n${'x'.repeat(30)} four`],
  ['paragraphs', 'one\n\n\ntwo', 'one\n\ntwo'],
  ['a list', `- one ${'x'.repeat(32)}\n  two\n- three`, `- one ${'x'.repeat(32)}\n  two\n- three`],
  ['text in bold', '**Bold.** more ** than **', 'Bold. more ** than **'],
  ['emphasis', '*One* and *two words*, 2 * 3 * 4, a*b*c', 'One and two words, 2 * 3 * 4, a*b*c'],
  ['marks in code', '`**x** *y*` and **`*`**', '`**x** *y*` and `*`'],
  ['a link with code', '[`x`](https://example.com)', '`x` (https://example.com)'],
  ['a link of ours', 'see [the guide](network.md)', 'see the guide'],
  ['a link to elsewhere', '[MCP](https://example.com)', 'MCP (https://example.com)'],
  ['code', '```sh\na   b # **x**\n\n# c\n```\nafter', '  a   b # **x**\n\n  # c\n\nafter'],
  ['code that nobody ended', '```\na', ''],
  ['a table', '| a | b |\n|---|:-:|\n| `x\\|y` | 1<br>2 |', '<bold>a      b</bold>\n`x|y`  1, 2'],
  ['a table without a heading', '| | |\n|---|---|\n| x | 1 |', 'x  1'],
  [
    'a table that is too wide',
    `| a | b | c |\n|---|---|---|\n| x | ${'y'.repeat(35)} | z |\n| x | | z |`,
    `<bold>x</bold>\n  b: ${'y'.repeat(35)}\n  c: z\n<bold>x</bold>\n  c: z`,
  ],
  [
    'a table of two columns that is too wide',
    `| a | b |\n|---|---|\n| x | ${'y'.repeat(39)} |`,
    `<bold>x</bold>\n  ${'y'.repeat(39)}`,
  ],
  ['a break behind a comma', '| | |\n|---|---|\n| x | 1,<br>2 |', 'x  1, 2'],
] as const) {
  test(`a reader at a terminal sees ${what}`, () => assert.is(render(markdown), shown));
}

for (const name of guideNames) {
  test(`the guide "${name}" fits a terminal, but for what is typed as it is`, async () => {
    const guide = readFileSync(join(root, 'src/guides', `${name}.md`), 'utf8');
    const services = { ...sampleServices({}), guide: async () => guide };
    const print = async (shown: boolean) => {
      const terminal = new RecordingTerminal({ shown, columns: 80 });
      assert.is((await runCli(['help', name], services, terminal)).code, 0);
      return terminal.output;
    };
    const atTerminal = await print(true);
    for (const line of atTerminal.split('\n'))
      assert.ok(line.length <= 80 || !line.trim().includes(' ') || line.startsWith('  '), line);
    assert.not.match(atTerminal, /^(?:#|\||```)|\*\*|,,|<br>|<!--/m);
    assert.is(await print(false), guide.replace(/<!--.*?-->\n/g, ''));
  });
}

test.run();
