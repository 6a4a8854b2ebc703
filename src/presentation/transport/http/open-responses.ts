import type { ServerResponse } from 'node:http';

/** The responses that are not with their readers yet: Node.js cuts one that is still being written when its server closes. */
export class OpenResponses {
  private readonly open = new Set<ServerResponse>();
  private waiting: (() => void) | undefined;

  add(response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => {
      this.open.delete(response);
      if (this.open.size === 0) this.waiting?.();
    });
  }

  /** Resolves when there is none. */
  whenNone(): Promise<void> {
    if (this.open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }
}
