const INTERVAL_MS = 15_000;

interface Held {
  /** Called every 15 s for as long as it is held. */
  keepAlive(): void;
}

/** Keeps what is open from looking dead to whoever sits between client and server: one timer for all of it. */
export class KeepAlive {
  private readonly held = new Set<Held>();
  private timer: NodeJS.Timeout | undefined;

  hold(one: Held): void {
    this.held.add(one);
    this.timer ??= setInterval(() => this.tick(), INTERVAL_MS).unref();
  }

  release(one: Held): void {
    this.held.delete(one);
  }

  private tick(): void {
    for (const one of this.held) one.keepAlive();
  }
}
