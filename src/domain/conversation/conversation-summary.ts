import type { ConversationSnapshot } from './conversation.ts';

/** A conversation's entry in a list. */
export interface ConversationSummary
  extends Pick<
    ConversationSnapshot,
    'id' | 'owner' | 'status' | 'title' | 'messageCount' | 'usage' | 'createdAt' | 'updatedAt'
  > {
  readonly model: string;
}

export function summarize(snapshot: ConversationSnapshot): ConversationSummary {
  const { id, owner, status, title, messageCount, usage, createdAt, updatedAt, settings } = snapshot;
  return { id, owner, status, title, messageCount, usage, createdAt, updatedAt, model: settings.model };
}
