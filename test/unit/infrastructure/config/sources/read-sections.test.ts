import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFile } from '../../../../../src/infrastructure/config/sources/read-sections.ts';

const test = suite('read file');

async function read(text: string) {
  const { given, notices, problems } = await parseFile('/c.yaml', text);
  return {
    values: [...given].map(([key, { value, place }]) => [key, value, place.where]),
    notices,
    problems: problems.map(({ where, key, message }) => [where, key, message]),
  };
}

/** The problems alone; there must be no values beside them. */
async function problemsOf(text: string) {
  const { values, problems } = await read(text);
  assert.equal(values, []);
  return problems;
}

test('the reader reads values with their places', async () => {
  const text = [
    '# a comment',
    'server:',
    '  debug: yes',
    'mcp: { page_size: "50", tool_timeout: 30s }',
    'tools:',
    '  disabled:',
    '    - echo',
    '    - system_info',
  ].join('\n');
  assert.equal(await read(text), {
    values: [
      ['server.debug', true, '/c.yaml:3:10'],
      ['mcp.page_size', 50, '/c.yaml:4:19'],
      ['mcp.tool_timeout', '30s', '/c.yaml:4:39'],
      ['tools.disabled', ['echo', 'system_info'], '/c.yaml:7:5'],
    ],
    notices: [],
    problems: [],
  });
});

for (const text of [
  '',
  '# nothing\n',
  '---\n',
  'null',
  'logging:\nserver: ~\n',
  'logging: {}',
  '{}\n...\n',
]) {
  test(`the reader takes ${JSON.stringify(text)} for an empty file`, async () => {
    assert.equal(await read(text), { values: [], notices: [], problems: [] });
  });
}

test('the reader takes null for a value that is not given, and "" too where there is no default', async () => {
  assert.equal(await read('security: { state_key: "", state_key_file: }\nserver: { name: ~ }'), {
    values: [],
    notices: ['Setting "security.state_key" (/c.yaml:1:24) is empty, and counts as not set'],
    problems: [],
  });
  assert.equal((await read('server: { name: "" }')).values, [['server.name', '', '/c.yaml:1:17']]);
});

test('the reader warns of sections that are not used, and leaves their contents unread', async () => {
  const { values, notices, problems } = await read(
    'cache:\n  redis_url: x\n  redis_url: *y\nclickhouse: 5\n',
  );
  assert.equal(values, []);
  assert.equal(problems, []);
  assert.equal(notices, [
    'Section "cache" (/c.yaml:1:1) is not used by this version',
    'Section "clickhouse" (/c.yaml:4:1) is not used by this version',
  ]);
});

test('the reader refuses unknown sections and keys, with the name that was meant', async () => {
  assert.equal(
    await problemsOf('loging: { level: info }\nmcp:\n  page_sise: 5\n  level: info\n  xyz: 1\nabc: 1'),
    [
      ['/c.yaml:1:1', 'loging', 'Unknown section "loging"; did you mean "logging"?'],
      ['/c.yaml:3:3', 'mcp.page_sise', 'Unknown key "mcp.page_sise"; did you mean "mcp.page_size"?'],
      ['/c.yaml:4:3', 'mcp.level', 'Unknown key "mcp.level"; did you mean "logging.level"?'],
      ['/c.yaml:5:3', 'mcp.xyz', 'Unknown key "mcp.xyz"'],
      ['/c.yaml:6:1', 'abc', 'Unknown section "abc"'],
    ],
  );
  assert.equal(await problemsOf('? [a, b]\n: 1'), [['/c.yaml:1:3', '', 'Unknown section ""']]);
  assert.equal(await problemsOf('__proto__: { x: 1 }'), [
    ['/c.yaml:1:1', '__proto__', 'Unknown section "__proto__"'],
  ]);
});

test('the reader gives the suggestion to programs, too', async () => {
  const { problems } = await parseFile('/c.yaml', 'loging: {}');
  assert.equal(problems, [
    {
      where: '/c.yaml:1:1',
      file: '/c.yaml',
      line: 1,
      column: 1,
      key: 'loging',
      message: 'Unknown section "loging"; did you mean "logging"?',
      suggestion: 'logging',
    },
  ]);
});

test('the reader refuses what is no mapping', async () => {
  assert.equal(await problemsOf('just text'), [
    ['/c.yaml:1:1', undefined, 'Expected the file to be a mapping of keys to values, got "just text"'],
  ]);
  assert.equal(await problemsOf('- a\n- b'), [
    ['/c.yaml:1:1', undefined, 'Expected the file to be a mapping of keys to values, got ["a","b"]'],
  ]);
  assert.equal(await problemsOf('logging: debug'), [
    ['/c.yaml:1:10', 'logging', 'Expected logging to be a mapping of keys to values, got "debug"'],
  ]);
});

test('the reader refuses keys that are given twice, at each level', async () => {
  const { values, problems } = await read('mcp:\n  page_size: 1\n  page_size: 2\nmcp:\n  page_size: 3\n');
  assert.equal(values, [['mcp.page_size', 1, '/c.yaml:2:14']]);
  assert.equal(problems, [
    ['/c.yaml:4:1', 'mcp', 'Key "mcp" is given twice, first in line 1'],
    ['/c.yaml:3:3', 'mcp.page_size', 'Key "mcp.page_size" is given twice, first in line 2'],
  ]);
});

test('the reader refuses aliases, so that none can stand for a mountain of values', async () => {
  assert.equal(await problemsOf('cache: &a { x: 1 }\nmcp: *a\n'), [
    ['/c.yaml:2:6', 'mcp', 'Expected mcp to be written out, got a YAML alias'],
  ]);
  assert.equal(await problemsOf('cache: { x: &a 1 }\nmcp: { page_size: *a }\n'), [
    ['/c.yaml:2:19', 'mcp.page_size', 'Expected mcp.page_size to be written out, got a YAML alias'],
  ]);
});

test('the reader expands nothing of an alias bomb', async () => {
  const levels = Array.from({ length: 40 }, (_, level) => `  - &l${level + 1} [${`*l${level},`.repeat(9)}]`);
  const { values } = await read(`queue: &l0 [x]\ntools:\n  disabled:\n${levels.join('\n')}\n`);
  assert.equal(values, [['tools.disabled', Array.from({ length: 40 }, () => ({})), '/c.yaml:4:3']]);
});

for (const [what, text, where, message] of [
  ['an open quote', 'a: "SECRET\n', '2:1', 'Something is missing here'],
  [
    'an open bracket',
    'a: [SECRET, b',
    '1:14',
    'The indentation fits no line above, or a bracket is not closed',
  ],
  ['a tab', '\ta: 1', '1:1', 'Tabs are not allowed'],
  ['a colon in a text', 'a: SECRET: b', '1:4', 'A text that holds ": " must be put in quotes'],
  ['a reserved character', 'a: @SECRET', '1:4', 'A text can\'t start with "%", "@"'],
  ['a second document', 'a: 1\n---\nb: 2', '2:1', 'Expected one YAML document'],
  ['an unknown escape', 'a: "\\qSECRET"', '1:5', 'Unknown escape sequence'],
  ['an unknown tag', 'a: !env SECRET', '1:4', 'Tags'],
  ['a key that is indented too far', 'a: SECRET\n b: 2', '1:4', 'A text that holds ": "'],
  ['a stray bracket', 'a: 1\n}SECRET', '2:1', 'This is not valid YAML'],
  ['too deep a nesting', `a: ${'['.repeat(50_000)}`, '', 'Nested too deeply'],
] as const) {
  test(`the reader says where YAML goes wrong, without showing it: ${what}`, async () => {
    const problems = await problemsOf(text);
    const [first] = problems;
    assert.ok(first?.[0]?.startsWith(`/c.yaml:${where}`), first?.[0]);
    assert.ok(first?.[2]?.startsWith(message), first?.[2]);
    assert.not.match(JSON.stringify(problems), 'SECRET');
    assert.ok(problems.length <= 20);
    assert.is(
      new Set(problems.map(([, , told]) => told === 'This is not valid YAML')).size,
      1,
      'one or the other',
    );
  });
}

test.run();
