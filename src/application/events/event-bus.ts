import type { ConversationEvent } from '../../domain/conversation/conversation-events.ts';
import type { PromptExecuted, PromptRegistered } from '../../domain/prompt/prompt-events.ts';
import type {
  ResourceRead,
  ResourceRegistered,
  ResourceUpdated,
} from '../../domain/resource/resource-events.ts';
import type { SessionEvent } from '../../domain/session/session-events.ts';
import type { DomainEvent, EventClass } from '../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { ToolExecuted, ToolRegistered } from '../../domain/tool/tool-events.ts';
import type { Logger } from '../ports/logger.ts';
import { PacedCallbacks } from './paced-callbacks.ts';

export type Event = (
  | SessionEvent
  | ConversationEvent
  | ToolRegistered
  | ToolExecuted
  | ResourceRegistered
  | ResourceUpdated
  | ResourceRead
  | PromptRegistered
  | PromptExecuted
) & {
  /** Arguments as they came, where something of them is stored: for whoever makes that of them, and nobody else. */
  readonly given?: JsonObject;
};

export type EventType = Event['type'];
type EventOf<Type extends EventType> = Extract<Event, { type: Type }>;
type ClassOf<Type extends EventType> = EventOf<Type>['class'];
type Listener = (event: Event) => void;

/** An event as far as it is known before it is made. */
export interface EventHeading extends Pick<DomainEvent, 'type' | 'class' | 'aggregate'> {
  /** False if what it tells of failed. */
  readonly success: boolean;
}

type Admits = (heading: EventHeading) => boolean;

interface ClassListener {
  readonly listener: Listener;
  readonly admits: Admits | undefined;
}

/** Tells subscribers in this process what happened, after it was committed, in order. */
export class EventBus {
  private readonly listeners = new Map<EventType, Set<Listener>>();
  private readonly crowds = new Map<EventType, Set<Listener>>();
  private readonly ofClass = new Map<EventClass, Set<ClassListener>>();
  private readonly paced = new PacedCallbacks();
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  /** Calls `listener` for each event of the type, until the returned function is called. */
  on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => void): () => void {
    return subscribe(this.listeners, type, listener as Listener);
  }

  /**
   * Calls `listener` for each event of the class, before those of its type, until the returned function is called.
   * @param admits asked once for each event, before it is made; where it says no, `listener` isn't told of it
   */
  onClass(eventClass: EventClass, listener: (event: Event) => void, admits?: Admits): () => void {
    return subscribe(this.ofClass, eventClass, { listener, admits });
  }

  /** The same as `on` for one of many that may all have to be told: not all of them in one iteration of the event loop. */
  onAmongMany<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => void): () => void {
    return subscribe(this.crowds, type, listener as Listener);
  }

  /** True if anyone listens: an event that nobody hears need not be made. */
  hears<Type extends EventType>(type: Type, eventClass: ClassOf<Type>): boolean {
    return isHeard(this.ofClass.get(eventClass)) || this.isHeardByType(type);
  }

  /** Never throws: a subscriber that fails is logged and harms nobody else. */
  publish(events: readonly Event[]): void {
    for (const event of events) this.report(headingOf(event), () => event);
  }

  /** The same for an event that may come in floods: it is made only where somebody takes it. */
  report(heading: EventHeading, make: () => Event): void {
    let event: Event | undefined;
    for (const { listener, admits } of this.ofClass.get(heading.class) ?? []) {
      if (admits !== undefined && !admits(heading)) continue;
      event ??= make();
      this.tell(listener, event);
    }
    if (this.isHeardByType(heading.type as EventType)) this.tellByType(event ?? make());
  }

  private isHeardByType(type: EventType): boolean {
    return isHeard(this.listeners.get(type)) || isHeard(this.crowds.get(type));
  }

  private tellByType(event: Event): void {
    for (const listener of this.listeners.get(event.type) ?? []) this.tell(listener, event);
    const crowd = this.crowds.get(event.type) ?? new Set();
    for (const listener of crowd) {
      this.paced.run(() => {
        if (crowd.has(listener)) this.tell(listener, event); // it may have left by then
      });
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

const isHeard = (listeners: ReadonlySet<unknown> | undefined) =>
  listeners !== undefined && listeners.size > 0;

function headingOf({ type, class: eventClass, aggregate, payload }: Event): EventHeading {
  const { success = true } = payload as { readonly success?: boolean };
  return { type, class: eventClass, aggregate, success };
}

function subscribe<Key, Subscriber>(
  all: Map<Key, Set<Subscriber>>,
  key: Key,
  listener: Subscriber,
): () => void {
  const listeners = all.get(key) ?? new Set();
  all.set(key, listeners.add(listener));
  return () => listeners.delete(listener);
}
