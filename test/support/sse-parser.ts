export interface ServerSentEvent {
  readonly data: string;
  readonly id?: string;
  readonly event?: string;
  readonly retry?: string;
}

/** Reads server-sent events (WHATWG HTML, 9.2.6), comments included, which are told as events of the name "comment". */
export class SseParser {
  private readonly onEvent: (event: ServerSentEvent) => void;
  private rest = '';

  constructor(onEvent: (event: ServerSentEvent) => void) {
    this.onEvent = onEvent;
  }

  push(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() as string;
    for (const block of blocks) this.onEvent(readEvent(block));
  }
}

function readEvent(block: string): ServerSentEvent {
  const fields = block.split('\n').map((line) => /^([a-z]*):? ?(.*)$/s.exec(line) ?? []);
  const event = Object.fromEntries(fields.map(([, name, value]) => [name, value]));
  return Object.hasOwn(event, '') ? { event: 'comment', data: '' } : { data: '', ...event };
}
