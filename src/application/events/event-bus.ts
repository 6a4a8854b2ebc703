import type { ConversationEvent } from '../../domain/conversation/conversation-events.ts';
import type { PromptExecuted, PromptRegistered } from '../../domain/prompt/prompt-events.ts';
import type {
  ResourceRead,
  ResourceRegistered,
  ResourceUpdated,
} from '../../domain/resource/resource-events.ts';
import type { SessionEvent } from '../../domain/session/session-events.ts';
import type { ToolExecuted, ToolRegistered } from '../../domain/tool/tool-events.ts';
import type { Logger } from '../ports/logger.ts';

export type Event =
  | SessionEvent
  | ConversationEvent
  | ToolRegistered
  | ToolExecuted
  | ResourceRegistered
  | ResourceUpdated
  | ResourceRead
  | PromptRegistered
  | PromptExecuted;

export type EventType = Event['type'];
type EventOf<Type extends EventType> = Extract<Event, { type: Type }>;
type Listener = (event: Event) => void;

/** Tells subscribers in this process what happened, after it was committed, in order. */
export class EventBus {
  private readonly listeners = new Map<EventType, Set<Listener>>();
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  /** Calls `listener` for each event of the type, until the returned function is called. */
  on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => void): () => void {
    const listeners = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  /** Whether anyone listens: an event that nobody hears need not be made. */
  hears(type: EventType): boolean {
    return (this.listeners.get(type)?.size ?? 0) > 0;
  }

  /** Never throws: a subscriber that fails is logged and harms nobody else. */
  publish(events: readonly Event[]): void {
    for (const event of events) {
      for (const listener of this.listeners.get(event.type) ?? []) {
        try {
          listener(event);
        } catch (error) {
          this.logger.error('An event subscriber failed', { event: event.type, error: String(error) });
        }
      }
    }
  }
}
