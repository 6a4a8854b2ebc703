import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pictureFault } from '../../../../src/domain/resource/picture.ts';
import { gif, jpegOf, pngOf, webp } from '../../../support/pictures.ts';

const test = suite('picture');

const png = pngOf(3, 2);
const jpeg = jpegOf(3, 2);
const withTail = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(20)]);
const changed = (bytes: Buffer, at: number, ...to: readonly number[]) => {
  const copy = Buffer.from(bytes);
  copy.set(to, at);
  return copy;
};
const extended = Buffer.concat([
  Buffer.from('524946461600000057454250565038580a000000000000001f1f00120000', 'hex'),
]);

const whole: readonly (readonly [string, string, Buffer])[] = [
  ['a PNG', 'image/png', png],
  ['a PNG with more behind its end', 'image/png', withTail(png)],
  ['a PNG of 8,000 pixels', 'image/png', pngOf(8000, 1)],
  ['a JPEG', 'image/jpeg', jpeg],
  ['a JPEG with more behind its end', 'image/jpeg', withTail(jpeg)],
  ['a GIF', 'image/gif', gif],
  ['a GIF with more behind its end', 'image/gif', withTail(gif)],
  ['a lossless WebP', 'image/webp', webp],
  ['an extended WebP', 'image/webp', extended],
];

for (const [what, type, bytes] of whole)
  test(`${what} can be shown`, () => assert.is(pictureFault(bytes, type), undefined));

const faulty: readonly (readonly [string, string, Buffer, RegExp])[] = [
  ['the signature of a PNG', 'image/png', png.subarray(0, 8), /broken/],
  ['the beginning of a PNG', 'image/png', png.subarray(0, 30), /broken/],
  ['a PNG without its end', 'image/png', png.subarray(0, -12), /broken/],
  ['a PNG without pixels', 'image/png', pngOf(0, 0), /broken/],
  [
    'a PNG whose chunk is longer than the file',
    'image/png',
    changed(png, 8, 0xff, 0xff, 0xff, 0xff),
    /broken/,
  ],
  ['a PNG of 8,001 pixels', 'image/png', pngOf(1, 8001), /1 x 8001 pixels.*at most 8000/],
  ['three bytes of a JPEG', 'image/jpeg', jpeg.subarray(0, 3), /broken/],
  ['a JPEG without its end', 'image/jpeg', jpeg.subarray(0, -2), /broken/],
  ['a JPEG without a scan', 'image/jpeg', jpeg.subarray(0, 33), /broken/],
  ['a JPEG of 9,000 pixels', 'image/jpeg', jpegOf(9000, 9000), /9000 x 9000/],
  ['the signature of a GIF', 'image/gif', gif.subarray(0, 6), /broken/],
  ['a GIF without its end', 'image/gif', gif.subarray(0, -1), /broken/],
  ['a text that begins as a GIF', 'image/gif', Buffer.from('GIF89a is a format of pictures\n'), /broken/],
  ['a WebP that breaks off', 'image/webp', webp.subarray(0, -1), /broken/],
  ['a WebP of something else', 'image/webp', changed(webp, 12, 0x41), /broken/],
];

for (const [what, type, bytes, fault] of faulty)
  test(`${what} can't be shown`, () => assert.match(pictureFault(bytes, type) ?? '', fault));

test.run();
