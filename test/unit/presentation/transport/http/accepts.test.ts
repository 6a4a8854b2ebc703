import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accepts } from '../../../../../src/presentation/transport/http/accepts.ts';

const test = suite('accepts');
const both = ['application/json', 'text/event-stream'];

for (const [header, types, expected] of [
  [undefined, both, true],
  ['application/json, text/event-stream', both, true],
  ['TEXT/Event-Stream;q=0.5 , application/json; charset=utf-8', both, true],
  ['*/*', both, true],
  ['application/*, text/*', both, true],
  ['application/json', both, false],
  ['text/event-stream', both, false],
  ['text/event-stream', ['text/event-stream'], true],
  ['text/plain', ['text/event-stream'], false],
  ['', both, false],
] as const) {
  test(`${header ?? 'no header'} ${expected ? 'accepts' : 'does not accept'} ${types.join(' and ')}`, () => {
    assert.is(accepts(header, ...types), expected);
  });
}

test.run();
