import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StateSealer } from '../../src/application/ports/state-sealer.ts';

/** The contract of every StateSealer. `open` makes one with a key of its own, or with the key of this secret. */
export function stateSealerContract(test: Test, open: (secret?: string) => StateSealer): void {
  const payloads = ['', '{}', '{"who":"Ada €😀"}', 'x'.repeat(100_000)];

  test('the sealer opens what it sealed', async () => {
    const sealer = open();
    for (const payload of payloads) {
      const opened = await sealer.open(await sealer.seal(payload, 'for this'), 'for this');
      assert.is(opened?.payload, payload);
    }
  });

  test('the sealer seals into text that fits into a URL', async () => {
    for (const payload of payloads) assert.match(await open().seal(payload, 'for this'), /^[A-Za-z0-9_-]+$/);
  });

  test('the sealer shows nothing of what it sealed, nor whether it was the same', async () => {
    const sealer = open();
    const [one, two] = [await sealer.seal('the secret', 'a'), await sealer.seal('the secret', 'a')];
    assert.is.not(one, two);
    assert.not.match(Buffer.from(one, 'base64url').toString('latin1'), 'the secret');
  });

  for (const other of ['', 'for thi', 'for this ', 'For this', 'for that']) {
    test(`the sealer opens nothing for ${JSON.stringify(other)} that was sealed for something else`, async () => {
      const sealer = open();
      assert.is(await sealer.open(await sealer.seal('{}', 'for this'), other), undefined);
    });
  }

  test('the sealer opens nothing that was changed in any byte', async () => {
    const sealer = open();
    const sealed = Buffer.from(await sealer.seal('{"who":"Ada"}', 'for this'), 'base64url');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      assert.is(await sealer.open(changed.toString('base64url'), 'for this'), undefined, `byte ${at}`);
    }
  });

  test('the sealer opens nothing that was cut or lengthened', async () => {
    const sealer = open();
    const sealed = await sealer.seal('{"who":"Ada"}', 'for this');
    for (let length = 0; length < sealed.length; length++) {
      assert.is(await sealer.open(sealed.slice(0, length), 'for this'), undefined, `cut to ${length}`);
    }
    for (const more of ['A', 'AAAA', '=', '-TAMPERED', ' ', '\n']) {
      assert.is(await sealer.open(sealed + more, 'for this'), undefined, `with ${JSON.stringify(more)}`);
    }
  });

  test('the sealer opens no text that isn’t one of its own, and never throws', async () => {
    const sealer = open();
    for (const text of ['', 'x', 'not sealed', 'é€😀', '\0', '====', 'A'.repeat(37), 'A'.repeat(100_000)]) {
      assert.is(await sealer.open(text, 'for this'), undefined);
    }
  });

  test('the sealer opens nothing that another key sealed', async () => {
    const sealed = await open('one secret').seal('{}', 'for this');
    assert.is(await open('another secret').open(sealed, 'for this'), undefined);
    assert.is(await open().open(sealed, 'for this'), undefined);
  });

  test('replicas that share a secret open each other’s', async () => {
    const sealed = await open('shared').seal('{"n":1}', 'for this');
    assert.is((await open('shared').open(sealed, 'for this'))?.payload, '{"n":1}');
  });

  test('a state is claimed once, by whichever copy of it comes first', async () => {
    const sealer = open();
    const [one, other] = [await sealer.seal('{}', 'for this'), await sealer.seal('{}', 'for this')];
    const copies = [await sealer.open(one, 'for this'), await sealer.open(one, 'for this')];
    assert.equal([copies[1]?.claim(), copies[0]?.claim(), copies[1]?.claim()], [true, false, false]);
    assert.is((await sealer.open(one, 'for this'))?.claim(), false);
    assert.is((await sealer.open(other, 'for this'))?.claim(), true);
  });

  test('a state of a replica, or of before a restart, can’t be claimed', async () => {
    const sealed = await open('shared').seal('{}', 'for this');
    assert.is((await open('shared').open(sealed, 'for this'))?.claim(), false);
  });

  test('without a secret each has a key of its own', async () => {
    assert.is(await open().open(await open().seal('{}', 'for this'), 'for this'), undefined);
  });
}
