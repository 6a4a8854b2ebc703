import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { IdGenerator } from '../../src/application/ports/id-generator.ts';

/** RFC 9562, section 5.7: version 7, variant 8 to b, in small letters. */
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The contract of every IdGenerator. */
export function idGeneratorContract(test: Test, open: () => IdGenerator): void {
  test('the generator makes UUIDs of version 7', () => {
    const ids = open();
    for (let n = 0; n < 1000; n++) assert.match(ids.next(), UUID_V7);
  });

  test('the generator never makes the same one twice', () => {
    const [one, two] = [open(), open()];
    const made = new Set<string>();
    for (let n = 0; n < 50_000; n++) made.add(one.next()).add(two.next());
    assert.is(made.size, 100_000);
  });

  test('they begin with the time in milliseconds', () => {
    const before = Date.now();
    const time = Number.parseInt(open().next().replace('-', '').slice(0, 12), 16);
    assert.ok(before <= time && time <= Date.now());
  });
}
