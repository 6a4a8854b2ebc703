import type {
  Claude,
  ClaudeOptions,
  ClaudeReply,
  ClaudeRequest,
  ModelStanding,
} from '../../../../src/application/ports/claude.ts';
import { NO_USAGE } from '../../../../src/domain/conversation/usage.ts';

type Reply = (request: ClaudeRequest, options: ClaudeOptions) => Promise<ClaudeReply>;

export const replyOf = (text: string, more: Partial<ClaudeReply> = {}): ClaudeReply => ({
  content: text === '' ? [] : [{ type: 'text', text }],
  model: 'claude-answering',
  stopReason: 'end_turn',
  usage: { ...NO_USAGE, inputTokens: 3, outputTokens: 5 },
  ...more,
});

/** Answers as the test says, else with the number of the call; keeps what it was asked. */
export class ScriptedClaude implements Claude {
  readonly requests: ClaudeRequest[] = [];
  readonly counted: unknown[] = [];
  readonly replies: Reply[] = [];
  window: number | undefined;
  tokens = 0;
  standings: Record<string, ModelStanding> = {};

  async send(request: ClaudeRequest, options: ClaudeOptions): Promise<ClaudeReply> {
    this.requests.push(request);
    const reply = this.replies.shift();
    return reply ? await reply(request, options) : replyOf(`Answer ${this.requests.length}`);
  }

  async countTokens(prompt: unknown): Promise<number> {
    this.counted.push(prompt);
    return this.tokens;
  }

  async contextWindow(): Promise<number | undefined> {
    return this.window;
  }

  async standing(model: string): Promise<ModelStanding> {
    return this.standings[model] ?? 'known';
  }
}
