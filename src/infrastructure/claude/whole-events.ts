import { setImmediate as nextIteration } from 'node:timers/promises';
import { AnswerTooLong } from '../network/bounded-fetch.ts';

/** The ends of a server-sent event: two line ends, of whichever kind. */
const ENDS = ['\n\n', '\r\r', '\r\n\r\n'];

/** One less than the longest of them. */
const OVERLAP = 3;

const FIRST_CAPACITY = 64 * 1024;

/**
 * Passes server-sent events on whole, as many as there are, and then lets other work run. Who reads them would keep each piece
 * of a line, or each line of an event, until its end; here what is under way is one growing buffer of at most so many bytes.
 */
export function wholeEvents(mostBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let held = Buffer.alloc(FIRST_CAPACITY);
  let length = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      held = withRoom(held, length, length + chunk.length);
      held.set(chunk, length);
      const searched = Math.max(0, length - OVERLAP);
      length += chunk.length;
      const end = endOfEvents(held.subarray(searched, length));
      if (end > 0) {
        const events = Uint8Array.from(held.subarray(0, searched + end));
        held.copyWithin(0, events.length, length);
        length -= events.length;
        controller.enqueue(events);
        await nextIteration();
      }
      if (length > mostBytes) throw new AnswerTooLong(mostBytes);
    },
    flush(controller) {
      controller.enqueue(held.subarray(0, length));
    },
  });
}

/** The end of the last event, or 0. */
function endOfEvents(bytes: Buffer): number {
  return Math.max(
    ...ENDS.map((end) => {
      const at = bytes.lastIndexOf(end, undefined, 'latin1');
      return at === -1 ? 0 : at + end.length;
    }),
  );
}

function withRoom(held: Buffer<ArrayBuffer>, length: number, wanted: number): Buffer<ArrayBuffer> {
  if (wanted <= held.length) return held;
  const larger = Buffer.alloc(Math.max(wanted, 2 * held.length));
  held.copy(larger, 0, 0, length);
  return larger;
}
