import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { examineMachO } from '../../../../build/formats/mach-o.ts';
import { signMachO } from '../../../../build/formats/sign-mach-o.ts';
import { tinyMachO } from './tiny-mach-o.ts';

const test = suite('signature for macOS');

test('the signature makes a file that holds out of one without a signature', () => {
  const unsigned = tinyMachO();
  assert.equal(examineMachO(unsigned).problems, ['Expected a signature, got none']);
  assert.equal(examineMachO(signMachO(unsigned, 'tfo-mcp')).problems, []);
  assert.equal(unsigned, tinyMachO(), 'the file given is left as it was');
});

test('the signature is the same each time, and takes the place of the one before', () => {
  const signed = signMachO(tinyMachO(), 'tfo-mcp');
  assert.equal(signMachO(tinyMachO(), 'tfo-mcp'), signed);
  assert.equal(signMachO(signed, 'tfo-mcp'), signed);
  const renamed = signMachO(signed, 'another-name');
  assert.not.equal(renamed, signed);
  assert.equal(examineMachO(renamed).problems, []);
});

test('the signature covers every byte before it', () => {
  const signed = signMachO(tinyMachO(), 'tfo-mcp');
  const codeSize = signed.readUInt32LE(32 + 2 * 72 + 80 + 8);
  assert.is(codeSize, 0x4070);
  for (const byte of [0x1000, 0x3fff, 0x4000, codeSize - 1]) {
    const changed = Buffer.from(signed);
    changed[byte] = (changed[byte] ?? 0) ^ 1;
    assert.match(examineMachO(changed).problems.join('\n'), /^1 of 5 pages have another hash than signed/);
  }
});

test('the signature refuses a file that would not hold', () => {
  assert.throws(
    () => signMachO(tinyMachO({ behind: 4 }), 'x'),
    /Expected __LINKEDIT to end the file at 16488, got 16484/,
  );
  assert.throws(() => signMachO(tinyMachO({ room: 8 }), 'x'), /Expected room for one more load command/);
  assert.throws(() => signMachO(tinyMachO({ segments: ['__CODE', '__LINKEDIT'] }), 'x'), /a segment __TEXT/);
  assert.throws(() => signMachO(tinyMachO({ segments: ['__TEXT', '__END'] }), 'x'), /a segment __LINKEDIT/);
  assert.throws(() => signMachO(Buffer.alloc(64), 'x'), /Expected a thin 64-bit Mach-O file/);
});

test.run();
