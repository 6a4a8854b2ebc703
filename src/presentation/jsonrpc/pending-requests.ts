import type { JsonObject } from '../../domain/shared/json.ts';
import { isJsonObject } from '../../domain/shared/json.ts';
import { encodeNotification, encodeRequest } from './encode.ts';
import type { FrameSink } from './frame-sink.ts';
import type { Response } from './message.ts';
import { RpcError } from './rpc-error.ts';

interface Pending {
  settle(response: Response): void;
  reject(reason: Error): void;
}

/** A person may have to answer. */
const ANSWER_TIMEOUT_MS = 600_000;

/** Requests that we sent and that wait for their answers. */
export class PendingRequests {
  private readonly waiting = new Map<string, Pending>();
  private readonly fits: (frame: string) => boolean;
  private sent = 0;

  /** @param fits whether a frame is one that clients take */
  constructor(fits: (frame: string) => boolean) {
    this.fits = fits;
  }

  /**
   * Sends a request through `sink` and resolves with its result. Gives up when the signal is aborted or ten minutes have passed, and says so to
   * the other side with `notifications/cancelled`.
   * @throws RpcError as the other side answered it
   */
  ask(method: string, params: JsonObject, signal: AbortSignal, sink: FrameSink): Promise<unknown> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const id = `s${++this.sent}`;
    const frame = encodeRequest(id, method, params);
    if (!this.fits(frame))
      return Promise.reject(new Error(`The question ${method} is longer than clients take`));
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        this.waiting.delete(id);
      };
      const giveUp = (reason: Error) => {
        leave();
        sink.send(encodeNotification('notifications/cancelled', { requestId: id, reason: reason.message }));
        reject(reason);
      };
      const abort = () => giveUp(signal.reason);
      const timer = setTimeout(
        () => giveUp(new Error(`No answer to ${method} within 600 s`)),
        ANSWER_TIMEOUT_MS,
      );
      signal.addEventListener('abort', abort, { once: true });
      this.waiting.set(id, {
        reject: (reason) => {
          leave();
          reject(reason);
        },
        settle: (response) => {
          leave();
          if (response.error === undefined) resolve(response.result);
          else reject(readError(response.error));
        },
      });
      sink.send(frame);
    });
  }

  /** Settles an awaited response; false if it wasn't awaited. One that isn't is nobody's business: it is never answered. */
  settle(response: Response): boolean {
    const pending = typeof response.id === 'string' ? this.waiting.get(response.id) : undefined;
    pending?.settle(response);
    return pending !== undefined;
  }

  /** Nobody will answer any more. */
  rejectAll(reason: Error): void {
    for (const pending of [...this.waiting.values()]) pending.reject(reason);
  }
}

function readError(error: unknown): RpcError {
  const { code, message } = isJsonObject(error) ? error : {};
  return new RpcError(
    Number.isSafeInteger(code) ? (code as number) : 0,
    typeof message === 'string' ? message : 'The client answered with an error without a message',
  );
}
