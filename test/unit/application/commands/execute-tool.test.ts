import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { capabilityMissing, InputRequired } from '../../../../src/application/asking.ts';
import { executeTool } from '../../../../src/application/commands/execute-tool.ts';
import type { ToolDefinition } from '../../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../../src/application/tools/echo.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { errorResult, textResult } from '../../../../src/domain/tool/tool-result.ts';
import { outcomeOf } from '../../../support/failure.ts';
import { madeUpCode } from '../../../support/made-up-code.ts';
import { type FakeContext, fakeContext } from '../fake-context.ts';

const test = suite('execute-tool');

/** The tool "echo", but for what it does. */
function executing(run: ToolDefinition['run']) {
  const definition = { tool: echoTool().tool, run };
  const noted: unknown[] = [];
  const noteFailure = (error: unknown, what: string) => `${what}-${noted.push(error)}`;
  const execute = executeTool({ noteFailure });
  const call = (context: FakeContext) =>
    execute({ name: 'echo', arguments: { message: 'hi' }, definition }, context);
  return Object.assign(call, { noted });
}

/** The failure of a call of a tool that doesn't exist. */
const failureOf = (name: string): Promise<unknown> =>
  outcomeOf(() =>
    executeTool({ noteFailure: () => 'noted' })(
      { name, arguments: {}, definition: undefined },
      fakeContext(),
    ),
  );

test('a call hands arguments and context to the tool, and its result back', () => {
  const context = fakeContext();
  const execute = executing((args, given) => textResult(`${JSON.stringify(args)} ${given === context}`));
  assert.equal(execute(context), textResult('{"message":"hi"} true'));
});

for (const name of ['nope', '', '__proto__', 'constructor']) {
  test(`there is no tool "${name}"`, async () => {
    const error = await failureOf(name);
    assert.instance(error, DomainError);
    const { code, kind, message, data } = error as DomainError;
    assert.equal([code, kind, data], ['tool.not-found', 'not-found', { tool: name }]);
    assert.is(message, `There is no tool "${name}"`);
  });
}

test('a call shows of a long name no more than its beginning', async () => {
  const name = 'n'.repeat(100_000);
  const error = await failureOf(name);
  assert.ok(JSON.stringify((error as DomainError).data).length < 200);
  assert.ok((error as DomainError).message.length < 200);
});

for (const [when, failing] of [
  [
    'at once',
    (error: unknown) => () => {
      throw error;
    },
  ],
  ['later', (error: unknown) => () => Promise.reject(error)],
] as const) {
  test(`what the tool refuses ${when} is a result that the model can act on`, async () => {
    const refusal = new DomainError(
      madeUpCode('path.forbidden'),
      'forbidden',
      'That folder is closed; try another',
    );
    assert.equal(
      await outcomeOf(() => executing(failing(refusal))(fakeContext())),
      errorResult('That folder is closed; try another', refusal.code),
    );
  });

  for (const [what, error] of [
    ['an open question', new InputRequired({})],
    ['a capability that the client lacks', capabilityMissing({ roots: {} })],
    ['an internal failure', new DomainError('tool.output-invalid', 'internal', 'Broken')],
    [
      'an answer that can’t be one',
      new DomainError('client.answer-invalid', 'invalid', 'Expected "inputResponses.who" to answer'),
    ],
  ] as const) {
    test(`${what}, ${when}, goes on up`, async () => {
      assert.is(await outcomeOf(() => executing(failing(error))(fakeContext())), error);
    });
  }

  for (const error of [new TypeError('a secret path /etc/shadow'), 'boom']) {
    test(`what nobody foresaw ${when} (${error}) is noted, and the model is told no more than where`, async () => {
      const execute = executing(failing(error));
      assert.equal(
        await outcomeOf(() => execute(fakeContext())),
        errorResult('"echo" failed unexpectedly; the log has it as echo-1', 'call.unforeseen'),
      );
      assert.equal(execute.noted, [error]);
    });

    test(`of a call that is no longer wanted nothing is noted (${when}, ${error})`, async () => {
      const execute = executing(failing(error));
      const context = { ...fakeContext(), signal: AbortSignal.abort() };
      assert.is(await outcomeOf(() => execute(context)), error);
      assert.equal(execute.noted, []);
    });
  }
}

test.run();
