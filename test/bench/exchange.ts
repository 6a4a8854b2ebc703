import { FIRST_ID, FrameTemplate } from './frame-template.ts';
import { type Message, textOf } from './message.ts';

/** One kind of call that a load repeats: its request, and what makes an answer right. */
export interface Exchange {
  readonly request: FrameTemplate;
  /** True if `message` is the right answer to the request of `id`. */
  accepts(message: Message, id: number): boolean;
}

const FILLER = 'The quick brown fox jumps over the lazy dog 0123456789. ';

function requestFrame(method: string, params?: object): FrameTemplate {
  const line = `${JSON.stringify({ jsonrpc: '2.0', id: FIRST_ID, method, params })}\n`;
  return new FrameTemplate(Buffer.from(line), FIRST_ID);
}

export function pingExchange(): Exchange {
  return {
    request: requestFrame('ping'),
    accepts: ({ result }) => result !== undefined && Object.keys(result).length === 0,
  };
}

/** Echo of `size` bytes. Each message carries its id, so that an answer under another call's id is found. */
export function echoExchange(prefix: string, size: number): Exchange {
  const message = (id: number) => {
    const tag = `#${id}#`;
    return tag + FILLER.repeat(Math.ceil(size / FILLER.length)).slice(0, size - tag.length);
  };
  return {
    request: requestFrame('tools/call', { name: 'echo', arguments: { message: message(FIRST_ID) } }),
    accepts: ({ result }, id) =>
      result !== undefined && !result.isError && textOf(result) === prefix + message(id),
  };
}
