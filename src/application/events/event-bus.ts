import type { ConversationEvent } from '../../domain/conversation/conversation-events.ts';
import type { PromptExecuted, PromptRegistered } from '../../domain/prompt/prompt-events.ts';
import type {
  ResourceRead,
  ResourceRegistered,
  ResourceUpdated,
} from '../../domain/resource/resource-events.ts';
import type { SessionEvent } from '../../domain/session/session-events.ts';
import type { EventClass } from '../../domain/shared/domain-event.ts';
import type { ToolExecuted, ToolRegistered } from '../../domain/tool/tool-events.ts';
import type { Logger } from '../ports/logger.ts';
import { PacedCallbacks } from './paced-callbacks.ts';

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
type ClassOf<Type extends EventType> = EventOf<Type>['class'];
type Listener = (event: Event) => void;

/** Tells subscribers in this process what happened, after it was committed, in order. */
export class EventBus {
  private readonly listeners = new Map<EventType, Set<Listener>>();
  private readonly crowds = new Map<EventType, Set<Listener>>();
  private readonly ofClass = new Map<EventClass, Set<Listener>>();
  private readonly paced = new PacedCallbacks();
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  /** Calls `listener` for each event of the type, until the returned function is called. */
  on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => void): () => void {
    return subscribe(this.listeners, type, listener as Listener);
  }

  /** Calls `listener` for each event of the class, before those of its type, until the returned function is called. */
  onClass(eventClass: EventClass, listener: (event: Event) => void): () => void {
    return subscribe(this.ofClass, eventClass, listener);
  }

  /** The same as `on` for one of many that may all have to be told: not all of them in one iteration of the event loop. */
  onAmongMany<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => void): () => void {
    return subscribe(this.crowds, type, listener as Listener);
  }

  /** True if anyone listens: an event that nobody hears need not be made. */
  hears<Type extends EventType>(type: Type, eventClass: ClassOf<Type>): boolean {
    return [this.listeners.get(type), this.crowds.get(type), this.ofClass.get(eventClass)].some(
      (listeners) => listeners !== undefined && listeners.size > 0,
    );
  }

  /** Never throws: a subscriber that fails is logged and harms nobody else. */
  publish(events: readonly Event[]): void {
    for (const event of events) {
      for (const listener of this.ofClass.get(event.class) ?? []) this.tell(listener, event);
      for (const listener of this.listeners.get(event.type) ?? []) this.tell(listener, event);
      const crowd = this.crowds.get(event.type) ?? new Set();
      for (const listener of crowd) {
        this.paced.run(() => {
          if (crowd.has(listener)) this.tell(listener, event); // it may have left by then
        });
      }
    }
  }

  private tell(listener: Listener, event: Event): void {
    try {
      listener(event);
    } catch (error) {
      this.logger.error('An event subscriber failed', { event: event.type, error: String(error) });
    }
  }
}

function subscribe<Key>(all: Map<Key, Set<Listener>>, key: Key, listener: Listener): () => void {
  const listeners = all.get(key) ?? new Set();
  all.set(key, listeners.add(listener));
  return () => listeners.delete(listener);
}
