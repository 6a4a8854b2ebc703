import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf, requestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: whatever is sent in whatever order');

interface Step {
  readonly kind: 'echo' | 'sum' | 'slow' | 'refuse' | 'nope' | 'cancel';
  readonly isModern: boolean;
  /** Its subject: a number to echo, or which of the requests before to cancel. */
  readonly n: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('echo', 'sum', 'slow', 'refuse', 'nope', 'cancel'),
  isModern: fc.boolean(),
  n: fc.nat(1000),
});

const calls = {
  echo: (n: number) => ({ name: 'echo', arguments: { message: `${n}` } }),
  sum: (n: number) => ({ name: 'sum', arguments: { a: n, b: 1 } }),
  slow: (n: number) => ({ name: 'slow', arguments: { ms: n % 5 } }),
  refuse: () => ({ name: 'refuse', arguments: {} }),
  nope: () => ({ name: 'nope', arguments: {} }),
};

const expected = {
  echo: (n: number) => `Echo: ${n}`,
  sum: (n: number) => `{"sum":${n + 1}}`,
  slow: (n: number) => `slept ${n % 5}`,
  refuse: () => 'This tool refuses',
  nope: (_: number, isModern: boolean) => (isModern ? -32602 : -32001),
};

test('every request has one answer, its own; a cancelled one has at most one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const connection = new InMemoryConnection();
      await connection.initialize();
      const cancelled = new Set<number>();
      const messages = steps.map(({ kind, isModern, n }, id) => {
        if (kind !== 'cancel')
          return (isModern ? modernRequestOf : requestOf)(id, 'tools/call', calls[kind](n));
        const requestId = id === 0 ? 0 : n % id;
        cancelled.add(requestId);
        return { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } };
      });
      connection.send(...messages);
      await connection.connection.peer.whenIdle();
      await connection.close();
      for (const [id, { kind, isModern, n }] of steps.entries()) {
        const answers = connection.frames.filter((frame) => frame.id === id);
        if (kind === 'cancel') assert.is(answers.length, 0);
        else if (cancelled.has(id)) assert.ok(answers.length <= 1);
        else assert.is(answers.length, 1);
        const [answer] = answers;
        if (answer === undefined || kind === 'cancel') continue;
        assert.is(answer.error?.code ?? answer.result.content[0].text, expected[kind](n, isModern));
        if (answer.result) assert.is(answer.result.resultType, isModern ? 'complete' : undefined);
      }
      assert.equal(connection.unexpected, []);
    }),
    { numRuns: 50 },
  );
});

test('no line makes it fall silent', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .record(
        {
          jsonrpc: fc.constant('2.0'),
          id: fc.oneof(fc.integer(), fc.string(), fc.jsonValue()),
          method: fc.constantFrom(
            'initialize',
            'ping',
            'tools/list',
            'tools/call',
            'resources/read',
            'resources/subscribe',
            'prompts/get',
            'completion/complete',
            'logging/setLevel',
            'subscriptions/listen',
            'server/discover',
            'notifications/cancelled',
            'notifications/initialized',
            '__proto__',
          ),
          params: fc.oneof(
            fc.jsonValue(),
            fc.dictionary(
              fc.constantFrom('name', 'uri', 'arguments', 'ref', 'cursor', '_meta'),
              fc.jsonValue(),
            ),
          ),
        },
        { requiredKeys: ['jsonrpc', 'method'] },
      )
      .map((message) => JSON.stringify(message)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.boolean(), async (lines, isOpen) => {
      const connection = new InMemoryConnection();
      if (isOpen) await connection.initialize();
      for (const text of lines) connection.write(`${text.replaceAll('\n', ' ')}\n`);
      assert.ok((await connection.request('still there?', 'ping')).result);
      assert.ok(connection.frames.every((frame) => !('id' in frame) || frame.id !== null));
      await connection.close();
    }),
    { numRuns: 50 },
  );
});

test.run();
