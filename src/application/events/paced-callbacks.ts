/** Callbacks that run in one iteration of the event loop. */
const MOST = 500;

/** Runs callbacks at once and in order, but only so many in an iteration of the event loop: thousands together would hold up everybody else. */
export class PacedCallbacks {
  private readonly waiting: (() => void)[] = [];
  private ran = 0;
  private isScheduled = false;

  /** @param callback must not throw */
  run(callback: () => void): void {
    if (this.ran < MOST && this.waiting.length === 0) {
      this.ran += 1;
      callback();
    } else this.waiting.push(callback);
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.nextIteration());
  }

  private nextIteration(): void {
    this.isScheduled = false;
    const callbacks = this.waiting.splice(0, MOST);
    this.ran = callbacks.length;
    for (const callback of callbacks) callback();
    if (this.ran > 0) this.schedule();
  }
}
