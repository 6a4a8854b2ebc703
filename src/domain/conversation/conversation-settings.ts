/** Settings for asking the model. Undefined members aren't sent, so that the API's own defaults hold. */
export interface ConversationSettings {
  readonly model: string;
  /** Tokens of one answer. */
  readonly maxTokens: number;
  /** 0 to 1. */
  readonly temperature?: number | undefined;
  /** 0 to 1. */
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
}

/** Limits of a conversation's length; of this server, not of the conversation. */
export interface ConversationLimits {
  /** Questions and answers together. */
  readonly maxMessages: number;
  /** Tokens of all turns together, cached ones included. */
  readonly maxTokens: number;
}

/** Characters of one text: what the older servers take. */
export const MAX_MESSAGE_CHARACTERS = 1_000_000;
export const MAX_SYSTEM_PROMPT_CHARACTERS = 100_000;
