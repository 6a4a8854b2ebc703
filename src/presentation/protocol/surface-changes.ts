import type { EventBus } from '../../application/events/event-bus.ts';

/** Hears of changes of what the server offers. */
export interface ChangeListener {
  listChanged(list: 'tools' | 'resources' | 'prompts'): void;
  resourceUpdated(uri: string): void;
}

/** Subscribes a connection whose client may want to be told of changes. @returns what ends that */
export function onSurfaceChange(events: Pick<EventBus, 'onAmongMany'>, listener: ChangeListener): () => void {
  const ends = [
    events.onAmongMany('ToolRegistered', () => listener.listChanged('tools')),
    events.onAmongMany('ResourceRegistered', () => listener.listChanged('resources')),
    events.onAmongMany('PromptRegistered', () => listener.listChanged('prompts')),
    events.onAmongMany('ResourceUpdated', ({ payload }) => listener.resourceUpdated(payload.uri)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
