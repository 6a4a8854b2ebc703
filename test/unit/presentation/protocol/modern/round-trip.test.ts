import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired, type Questions } from '../../../../../src/application/asking.ts';
import type { JsonObject, JsonValue } from '../../../../../src/domain/shared/json.ts';
import { RpcError } from '../../../../../src/presentation/jsonrpc/rpc-error.ts';
import type { ModernContext } from '../../../../../src/presentation/protocol/modern/context.ts';
import { roundTrip } from '../../../../../src/presentation/protocol/modern/round-trip.ts';
import { failureOf } from '../../../../support/failure.ts';
import { type ModernCallOptions, modernCall, openSealer } from './modern-call.ts';

const test = suite('round-trip');

const form = (message: string) => ({ kind: 'elicitation', message, requestedSchema: {} }) as const;
const accepted = (name: string) => ({ action: 'accept', content: { name } }) as const;
const subject = ['tools/call', 'ask', { topic: 'x' }];

/** A handler that asks two questions, one after the other. */
const twoQuestions = async (context: ModernContext): Promise<JsonObject> => {
  const { first } = await context.ask({ first: form('First?') });
  const { second } = await context.ask({ second: form(`After ${first.content?.['name']}?`) });
  return { names: [first.content?.['name'] as string, second.content?.['name'] as string] };
};

const round = async (params: JsonObject, options: ModernCallOptions = {}, about: JsonValue = subject) =>
  await roundTrip(modernCall({ ...options, params }).call, about, twoQuestions);

const errorOf = async (work: Promise<unknown>): Promise<RpcError> => {
  const error = await failureOf(work);
  assert.instance(error, RpcError);
  return error;
};

test('a handler that asks nothing answers at once', async () => {
  const { call } = modernCall();
  assert.equal(
    roundTrip(call, subject, () => ({ done: true })),
    { done: true },
  );
});

test('the first question goes out, with nothing answered yet', async () => {
  const result = await round({});
  assert.is(result['resultType'], 'input_required');
  assert.equal(result['inputRequests'], {
    first: { method: 'elicitation/create', params: { mode: 'form', message: 'First?', requestedSchema: {} } },
  });
  assert.is(
    (await openSealer.open(String(result['requestState']), sealedFor(result)))?.payload,
    '{"answers":{},"asked":{}}',
  );
  assert.not.ok(Object.hasOwn(result, 'ttlMs'));
});

const sealedFor = (result: JsonObject) => JSON.parse(String(result['requestState']))[1] as string;

test('answers of earlier rounds travel in the state, since a client sends the latest only', async () => {
  const one = await round({});
  const two = await round({
    inputResponses: { first: accepted('Ada') },
    requestState: one['requestState'] as string,
  });
  assert.equal(Object.keys(two['inputRequests'] as JsonObject), ['second']);
  const done = await round({
    inputResponses: { second: accepted('Bob') },
    requestState: two['requestState'] as string,
  });
  assert.equal(done, { names: ['Ada', 'Bob'] });
});

test('an answer that was given can’t be changed later', async () => {
  const one = await round({});
  const two = await round({
    inputResponses: { first: accepted('Ada') },
    requestState: one['requestState'] as string,
  });
  const done = await round({
    inputResponses: { first: accepted('Eve'), second: accepted('Bob') },
    requestState: two['requestState'] as string,
  });
  assert.equal(done, { names: ['Ada', 'Bob'] });
});

test('answers without a state are taken, too', async () => {
  const done = await round({ inputResponses: { first: accepted('Ada'), second: accepted('Bob') } });
  assert.equal(done, { names: ['Ada', 'Bob'] });
});

test('missing answers are asked for again, further ones ignored', async () => {
  const again = await round({ inputResponses: { other: accepted('x') } });
  assert.equal(Object.keys(again['inputRequests'] as JsonObject), ['first']);
});

/** A handler that does something once the user approves of what it says. */
function approving(message: () => string = () => 'Do it?') {
  const done: string[] = [];
  const handle = async (context: ModernContext): Promise<JsonObject> => {
    const { approval } = await context.ask({ approval: { kind: 'approval', message: message() } });
    if (approval.action !== 'accept') return { refused: approval.action };
    done.push(message());
    return { done: done.length };
  };
  const ask = async (params: JsonObject = {}, options: ModernCallOptions = {}, about: JsonValue = subject) =>
    await roundTrip(modernCall({ ...options, params }).call, about, handle);
  return { ask, done };
}

const answer = (action: string, requestState?: unknown): JsonObject => ({
  inputResponses: { approval: { action } },
  ...(requestState !== undefined && { requestState: requestState as string }),
});

const isOpen = (result: JsonObject) => result['resultType'] === 'input_required';

test('an approval is good once: the same state asks again, however often it comes', async () => {
  const { ask, done } = approving();
  const { requestState } = await ask();
  assert.equal(await ask(answer('accept', requestState)), { done: 1 });
  for (let again = 0; again < 3; again++) assert.ok(isOpen(await ask(answer('accept', requestState))));
  assert.is(done.length, 1);
});

test('of retries at the same time exactly one is done', async () => {
  const { ask, done } = approving();
  const { requestState } = await ask();
  const results = await Promise.all(Array.from({ length: 20 }, () => ask(answer('accept', requestState))));
  assert.is(done.length, 1);
  assert.is(results.filter(isOpen).length, 19);
});

test('the question that is asked again can be answered', async () => {
  const { ask, done } = approving();
  const first = await ask();
  await ask(answer('accept', first['requestState']));
  const again = await ask(answer('accept', first['requestState']));
  await ask(answer('accept', again['requestState']));
  assert.is(done.length, 2);
});

for (const action of ['accept', 'decline', 'cancel']) {
  test(`${action} without a state is no approval`, async () => {
    const { ask, done } = approving();
    const result = await ask(answer(action));
    assert.is(isOpen(result), action === 'accept');
    assert.is(done.length, 0);
  });
}

for (const [first, isOpenAfter] of [
  ['decline', true],
  ['cancel', false],
] as const) {
  test(`after ${first} a yes with the same state ${isOpenAfter ? 'asks again' : 'counts'}`, async () => {
    const { ask, done } = approving();
    const { requestState } = await ask();
    assert.equal(await ask(answer(first, requestState)), { refused: first });
    assert.is(isOpen(await ask(answer('accept', requestState))), isOpenAfter);
    assert.is(done.length, isOpenAfter ? 0 : 1);
    assert.equal(await ask(answer('decline', requestState)), { refused: 'decline' });
  });
}

test('a yes to other words asks again: what was approved is what was shown', async () => {
  let shown = 'Do it?';
  const { ask, done } = approving(() => shown);
  const { requestState } = await ask();
  shown = 'Do something else?';
  const again = await ask(answer('accept', requestState));
  assert.ok(isOpen(again));
  assert.is(done.length, 0);
  assert.equal(await ask(answer('accept', again['requestState'])), { done: 1 });
});

test('a yes under a key that was not asked about is no approval', async () => {
  const { requestState } = await round({});
  const { ask, done } = approving();
  assert.ok(isOpen(await ask(answer('accept', requestState))));
  assert.is(done.length, 0);
});

test('a state that another process sealed asks again', async () => {
  const { ask, done } = approving();
  const { requestState } = await ask();
  const other = {
    ...openSealer,
    open: async (sealed: string, associated: string) => {
      const opened = await openSealer.open(sealed, associated);
      return opened && { ...opened, claim: () => false };
    },
  };
  assert.ok(isOpen(await ask(answer('accept', requestState), { sealer: other })));
  assert.is(done.length, 0);
});

test('an approval of an earlier round counts in the last one, once', async () => {
  let done = 0;
  const handle = async (context: ModernContext): Promise<JsonObject> => {
    await context.ask({ approval: { kind: 'approval', message: 'Do it?' } });
    await context.ask({ first: form('First?') });
    done += 1;
    return { done };
  };
  const ask = async (params: JsonObject = {}) =>
    await roundTrip(modernCall({ params }).call, subject, handle);
  const one = await ask();
  const two = await ask(answer('accept', one['requestState']));
  assert.equal(Object.keys(two['inputRequests'] as JsonObject), ['first']);
  const last = { inputResponses: { first: accepted('Ada') }, requestState: two['requestState'] as string };
  assert.equal(await ask(last), { done: 1 });
  const again = await ask(last);
  assert.equal(Object.keys(again['inputRequests'] as JsonObject), ['approval']);
  assert.is(done, 1);
});

const someoneElse = { id: 'someone-else', kind: 'local' } as const;

for (const [what, params, options, about] of [
  ['another tool', {}, {}, ['tools/call', 'other', { topic: 'x' }]],
  ['other arguments', {}, {}, ['tools/call', 'ask', { topic: 'y' }]],
  ['another method', {}, {}, ['prompts/get', 'ask', { topic: 'x' }]],
  ['another principal', {}, { principal: someoneElse }, subject],
] as const) {
  test(`a state of this request is no good for ${what}`, async () => {
    const { requestState } = await round({});
    const error = await errorOf(round({ ...params, requestState } as JsonObject, options, about));
    assert.is(error.code, -32602);
    assert.is(error.data?.['parameter'], 'requestState');
  });
}

test('a state that the sealer refuses is refused', async () => {
  const refusing = { ...openSealer, open: async () => undefined };
  const error = await errorOf(round({ requestState: 'forged' }, { sealer: refusing }));
  assert.equal([error.code, error.data?.['parameter']], [-32602, 'requestState']);
});

for (const payload of ['null', '[]', '"x"', '5', '{}', '{"answers":{}}', '{"answers":[],"asked":{}}']) {
  test(`a state that holds ${payload} is none`, async () => {
    const sealer = { ...openSealer, open: async () => ({ payload, claim: () => true }) };
    assert.is((await errorOf(round({ requestState: 'x' }, { sealer }))).code, -32602);
  });
}

for (const params of [
  { requestState: 5 },
  { requestState: [] },
  { inputResponses: ['x'] },
  { inputResponses: 'x' },
]) {
  test(`the round trip refuses ${JSON.stringify(params)}`, async () => {
    assert.is((await errorOf(round(params as JsonObject))).code, -32602);
  });
}

test('no sealer is made for a handler that asks nothing', async () => {
  const { call } = modernCall();
  const services = { ...call.services, sealer: () => Promise.reject(new Error('Expected no sealer')) };
  assert.equal(await roundTrip({ ...call, services }, subject, async () => ({ done: true })), { done: true });
});

test('a request that was cancelled while its state was opened doesn’t begin', async () => {
  const { call, exchange } = modernCall();
  const reason = new Error('cancelled');
  exchange.cancel(reason);
  let began = false;
  const outcome = () =>
    roundTrip(call, subject, () => {
      began = true;
      return {};
    });
  assert.throws(outcome, (error: unknown) => error === reason);
  assert.not(began);
});

test('what else the handler throws, passes', async () => {
  const { call } = modernCall();
  const boom = new Error('boom');
  const rejected = async () => await roundTrip(call, subject, () => Promise.reject(boom));
  assert.is(await failureOf(rejected()), boom);
  const thrown = () =>
    roundTrip(call, subject, () => {
      throw boom;
    });
  assert.throws(thrown, (error: unknown) => error === boom);
});

/** The same value with the members of its objects in another order. */
const shuffled = (value: JsonValue | undefined): JsonValue => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

const asking = () => Promise.reject(new InputRequired({ who: form('Who?') } satisfies Questions));
const subjectSeen = async (about: JsonValue) => sealedFor(await roundTrip(modernCall().call, about, asking));

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;

test('a client may write the same arguments in another order', async () => {
  await fc.assert(
    fc.asyncProperty(json, async (args) => {
      assert.is(
        await subjectSeen(['tools/call', 'x', args]),
        await subjectSeen(['tools/call', 'x', shuffled(args)]),
      );
    }),
  );
});

test('other arguments are another subject', async () => {
  await fc.assert(
    fc.asyncProperty(json, json, async (one, two) => {
      const same = JSON.stringify(shuffled(one)) === JSON.stringify(shuffled(two));
      fc.pre(!same && !equalJson(one, two));
      assert.is.not(await subjectSeen(['tools/call', 'x', one]), await subjectSeen(['tools/call', 'x', two]));
    }),
  );
});

/** Equal as JSON says it, whatever the order of members. */
function equalJson(one: JsonValue, two: JsonValue): boolean {
  try {
    assert.equal(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(two)));
    return true;
  } catch {
    return false;
  }
}

test.run();
