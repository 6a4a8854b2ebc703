import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../src/application/asking.ts';
import type { RequestContext } from '../../../src/application/request-context.ts';
import { failureOf } from '../../support/failure.ts';
import { fakeContext } from '../../unit/application/fake-context.ts';
import { ToolsDesk, textsOf } from './tools-desk.ts';

const test = suite<{ desk: ToolsDesk; path: string }>('write_file with security.confirm_overwrite');

test.before.each((context) => {
  context.desk = new ToolsDesk({}, { confirmOverwrite: true });
  context.path = join(context.desk.inside, 'a');
  writeFileSync(context.path, 'old');
});
test.after.each(({ desk }) => desk.clear());

/** A user who does this when asked; what was asked is kept. */
function user(action: 'accept' | 'decline' | 'cancel', asked: string[] = []): RequestContext {
  const ask = async ({ approval }: { approval: { message: string } }) => {
    asked.push(approval.message);
    return { approval: { action } };
  };
  return answering(ask);
}

const answering = (ask: unknown) =>
  fakeContext({
    client: { name: 'test', version: '1', can: (capability) => capability === 'elicitation' },
    ask: ask as RequestContext['ask'],
  });

test('a file is overwritten when the user, who sees which, says so', async ({ desk, path }) => {
  const asked: string[] = [];
  const result = await desk.call('write', { path: 'a', content: 'newer' }, user('accept', asked));
  assert.not(result.isError);
  const [question = ''] = asked;
  assert.is(asked.length, 1);
  for (const shown of [
    'Overwrite this file?',
    `    | ${path}\n`,
    '    | -old\n',
    '    | +newer\n',
    '5 bytes',
  ])
    assert.ok(question.includes(shown), question);
  assert.is(readFileSync(path, 'utf8'), 'newer');
});

for (const [action, problem] of [
  ['decline', /declined .*nothing was written/],
  ['cancel', /did not answer .*nothing was written/],
] as const) {
  test(`nothing is written on ${action}`, async ({ desk, path }) => {
    const result = await desk.call('write', { path: 'a', content: 'newer' }, user(action));
    assert.ok(result.isError);
    assert.match(textsOf(result)[0] ?? '', problem);
    assert.is(readFileSync(path, 'utf8'), 'old');
  });
}

for (const [what, content, shown] of [
  ['a change that is too long', 'line\n'.repeat(100), 'too long to be shown: at least 100 lines come, 1 go'],
  ['the same content', 'old', 'with the content that it has'],
  ['data', '\0\u0001\u0002', '[U+0000][U+0001][U+0002]'],
] as const) {
  test(`${what} can be confirmed`, async ({ desk, path }) => {
    const asked: string[] = [];
    assert.not((await desk.call('write', { path: 'a', content }, user('accept', asked))).isError);
    assert.ok(asked[0]?.includes(shown), asked[0]);
    assert.is(readFileSync(path, 'utf8'), content);
  });
}

for (const [what, content, old, meanwhile] of [
  ['that was shown', 'newer', 'old', 'precious\n'],
  ['that was told in numbers', 'new\n'.repeat(100), 'older\n'.repeat(100), 'valued\n'.repeat(100)],
  ['of the same size', 'new\n'.repeat(100), 'older\n'.repeat(100), 'value\n'.repeat(100)],
] as const)
  test(`a change ${what} is not written over what came meanwhile`, async ({ desk, path }) => {
    writeFileSync(path, old);
    utimesSync(path, 1, 1);
    const context = answering(async () => {
      writeFileSync(path, meanwhile);
      return { approval: { action: 'accept' } };
    });
    const result = await desk.call('write', { path: 'a', content }, context);
    assert.ok(result.isError);
    assert.match(textsOf(result)[0] ?? '', 'has changed since the user was asked; nothing was written');
    assert.is(readFileSync(path, 'utf8'), meanwhile);
  });

test('what is asked about a change in numbers names the state of the file, so that an answer holds for no other', async ({
  desk,
  path,
}) => {
  const asked: string[] = [];
  for (const old of ['a\n', 'b\n']) {
    writeFileSync(path, old.repeat(100));
    utimesSync(path, 1, old === 'a\n' ? 1 : 2);
    await desk.call('write', { path: 'a', content: 'new\n'.repeat(100) }, user('decline', asked));
  }
  assert.match(asked[0] ?? '', 'change of 200 bytes of 1970-01-01T00:00:01.000Z is too long');
  assert.is.not(asked[0], asked[1]);
});

test('a client that can’t be asked is refused, and told why', async ({ desk, path }) => {
  const result = await desk.call('write', { path: 'a', content: 'newer' });
  assert.ok(result.isError);
  assert.match(textsOf(result)[0] ?? '', 'does not offer elicitation');
  assert.is(readFileSync(path, 'utf8'), 'old');
});

test('nobody is asked for a new file, an addition, a dry run or what is refused anyway', async ({ desk }) => {
  const asked: string[] = [];
  const context = user('decline', asked);
  for (const args of [
    { path: 'new/one', content: 'x', create_dirs: true },
    { path: 'a', content: 'x', mode: 'append' },
    { path: 'a', content: 'x', dry_run: true },
  ]) {
    assert.not((await desk.call('write', args, context)).isError, JSON.stringify(args));
  }
  assert.ok((await desk.call('write', { path: '../outside/b', content: 'x' }, context)).isError);
  assert.ok((await desk.call('write', { path: 'a', content: 'x', mode: 'create' }, context)).isError);
  assert.equal(asked, []);
});

test('a question that stays open unwinds the tool before anything is written', async ({ desk, path }) => {
  const context = answering(() => Promise.reject(new InputRequired({})));
  const thrown = await failureOf(desk.call('write', { path: 'a', content: 'newer' }, context));
  assert.instance(thrown, InputRequired);
  assert.is(readFileSync(path, 'utf8'), 'old');
});

test('a file that came to be after the check is not overwritten unasked', async ({ desk }) => {
  const path = join(desk.inside, 'late');
  const write = desk.files.write.bind(desk.files);
  desk.files.write = async (request, ...rest) => {
    const report = await write(request, ...rest);
    if (request.dryRun && !existsSync(path)) writeFileSync(path, 'theirs');
    return report;
  };
  const result = await desk.call('write', { path: 'late', content: 'ours' }, user('accept'));
  assert.ok(result.isError);
  assert.is(readFileSync(path, 'utf8'), 'theirs');
});

test.run();
