import { DomainError } from '../domain/shared/domain-error.ts';

const taken = { tool: 'tool.exists', resource: 'resource.exists', prompt: 'prompt.exists' } as const;

/** Named things in the order in which they were registered. */
export class Registry<Entry> {
  private readonly entries = new Map<string, Entry>();
  private readonly kind: 'tool' | 'resource' | 'prompt';

  constructor(kind: 'tool' | 'resource' | 'prompt') {
    this.kind = kind;
  }

  /** @throws DomainError `<kind>.exists` */
  add(key: string, entry: Entry): void {
    if (this.entries.has(key)) {
      throw new DomainError(taken[this.kind], 'conflict', `There is a ${this.kind} "${key}" already`);
    }
    this.entries.set(key, entry);
  }

  find(key: string): Entry | undefined {
    return this.entries.get(key);
  }

  get size(): number {
    return this.entries.size;
  }

  values(): readonly Entry[] {
    return [...this.entries.values()];
  }
}
