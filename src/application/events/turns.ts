/** How many tasks run in one turn of the event loop. */
const MOST = 500;

/** Runs tasks at once and in order, but only so many a turn: thousands together would hold up everybody else. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private ran = 0;
  private isScheduled = false;

  /** @param task must not throw */
  run(task: () => void): void {
    if (this.ran < MOST && this.waiting.length === 0) {
      this.ran += 1;
      task();
    } else this.waiting.push(task);
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.nextTurn());
  }

  private nextTurn(): void {
    this.isScheduled = false;
    const tasks = this.waiting.splice(0, MOST);
    this.ran = tasks.length;
    for (const task of tasks) task();
    if (this.ran > 0) this.schedule();
  }
}
