interface Timer {
  readonly due: number;
  readonly ring: () => void;
}

/** Puts timers in the place of setTimeout and clearTimeout that ring only when the test lets time pass. */
export class ManualTimers {
  private readonly real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  private readonly running = new Map<number, Timer>();
  private now = 0;
  private count = 0;

  install(): void {
    const set = (ring: () => void, ms = 0): number => {
      this.count += 1;
      this.running.set(this.count, { due: this.now + ms, ring });
      return this.count;
    };
    const clear = (id: number | undefined): void => {
      if (id !== undefined) this.running.delete(id);
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }

  restore(): void {
    Object.assign(globalThis, this.real);
  }

  /** The number of timers that are set. */
  get size(): number {
    return this.running.size;
  }

  /** Lets time pass: rings what becomes due, in order. */
  pass(ms: number): void {
    this.now += ms;
    const due = [...this.running].filter(([, timer]) => timer.due <= this.now);
    for (const [id, { ring }] of due.sort(([, a], [, b]) => a.due - b.due)) {
      if (this.running.delete(id)) ring();
    }
  }
}
