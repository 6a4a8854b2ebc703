import type { ClaudeReply } from '../../application/ports/claude.ts';
import { NO_USAGE, type Usage } from '../../domain/conversation/usage.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { AnswerBlock } from './answer-block.ts';
import { expectCount, expectObject, expectText, UnusableAnswer } from './answer-members.ts';

/** The stream ended, and the answer had not. */
export class UnfinishedAnswer extends Error {
  override readonly name = 'UnfinishedAnswer';
}

/**
 * Reads the events of a streamed answer. Members that the API always sends are checked before anybody relies on them, since a gateway
 * can be at its address; events and members of newer revisions are passed over.
 * @param onText called with each piece of text as it comes
 * @throws UnusableAnswer, UnfinishedAnswer, and what the events fail with
 */
export async function readAnswer(
  events: AsyncIterable<unknown>,
  onText: (text: string) => void = () => undefined,
): Promise<ClaudeReply> {
  const answer = new StreamedAnswer(onText);
  for await (const event of events) answer.take(event);
  return answer.whole();
}

class StreamedAnswer {
  private readonly onText: (text: string) => void;
  private readonly blocks: AnswerBlock[] = [];
  private model: string | undefined;
  private usage: Usage = NO_USAGE;
  private stopReason: unknown;
  private isEnded = false;

  constructor(onText: (text: string) => void) {
    this.onText = onText;
  }

  take(event: unknown): void {
    const { type, ...members } = expectObject('event', event);
    if (type === 'message_start') this.begin(members);
    if (this.model === undefined || this.isEnded) return;
    if (type === 'content_block_start') {
      const block = new AnswerBlock(members['content_block']);
      this.blocks.push(block);
      this.tell(block.text);
    }
    if (type === 'content_block_delta') this.tell(this.blockAt(members['index']).add(members['delta']));
    if (type === 'message_delta') this.change(members);
    if (type === 'message_stop') this.isEnded = true;
  }

  /** The whole answer. Text without a visible character is left out: the API sends such, and refuses to see it again. */
  whole(): ClaudeReply {
    const { model, stopReason, usage } = this;
    if (model === undefined) throw new UnusableAnswer('expected "message_start", got the end');
    if (!this.isEnded) throw new UnfinishedAnswer();
    const content = this.blocks
      .map((block) => block.whole())
      .filter((block) => block.type !== 'text' || block.text.trim() !== '');
    return { content, model, stopReason: expectText('delta.stop_reason', stopReason), usage };
  }

  private begin(event: JsonObject): void {
    const { model, usage } = expectObject('message', event['message']);
    if (this.model !== undefined) throw new UnusableAnswer('expected one "message_start", got another');
    this.usage = countedIn('message.usage', usage, NO_USAGE);
    this.model = expectText('message.model', model);
  }

  /** Counts are those of the whole answer so far. */
  private change({ delta, usage }: JsonObject): void {
    this.stopReason = expectObject('delta', delta)['stop_reason'] ?? this.stopReason;
    this.usage = countedIn('usage', usage, this.usage);
  }

  private blockAt(index: unknown): AnswerBlock {
    const block = typeof index === 'number' ? this.blocks[index] : undefined;
    if (block === undefined) throw new UnusableAnswer('expected "index" to be that of a block that began');
    return block;
  }

  private tell(text: string): void {
    if (text !== '') this.onText(text);
  }
}

/** The counts so far with those that are given: gateways leave some out, or send null. */
function countedIn(path: string, given: unknown, before: Usage): Usage {
  if (given === undefined || given === null) return before;
  const counts = expectObject(path, given);
  const count = (name: string, held: number) => expectCount(`${path}.${name}`, counts[name] ?? held);
  return {
    inputTokens: count('input_tokens', before.inputTokens),
    outputTokens: count('output_tokens', before.outputTokens),
    cacheCreationTokens: count('cache_creation_input_tokens', before.cacheCreationTokens),
    cacheReadTokens: count('cache_read_input_tokens', before.cacheReadTokens),
  };
}
