import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { ExportResponse, IExporterTransport } from '@opentelemetry/otlp-exporter-base';
import { Semaphore } from '../../application/pipeline/semaphore.ts';
import {
  fill,
  type RateLimit,
  type TokenBucket,
  takeFrom,
  waitFor,
} from '../../domain/policy/token-bucket.ts';
import type { Attempt, OtlpSender } from './attempt.ts';

export interface RetryOptions {
  readonly gzip: boolean;
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number;
  /** Attempts behind the first. */
  readonly maxRetries: number;
  /** Milliseconds before the second attempt; each wait after that is twice as long. */
  readonly backoffMs: number;
  /** Attempts. */
  readonly rate: RateLimit;
  /** Told of each attempt as it ends. */
  readonly onAttempt: (attempt: Attempt) => void;
}

/** Milliseconds of the longest wait that the collector has not asked for. */
const MOST_BACKOFF_MS = 10_000;

/** Batches that are sent at once: a stop sends all that waits. */
const AT_ONCE = 4;

/** Telemetry repeats itself: the best of compressions takes three times as long and saves a twentieth. */
const FAST = { level: constants.Z_BEST_SPEED };

const compress = promisify(gzip);

/**
 * Sends each batch until it is taken, refused, or out of time: the SDK's delegate gives up at the first failure. What was taken is
 * never sent again. A wait that the collector asks for holds for all that would go to it.
 */
export class RetryingTransport implements IExporterTransport {
  private readonly sender: OtlpSender;
  private readonly options: RetryOptions;
  private readonly places = new Semaphore(AT_ONCE);
  private readonly hurrying = new AbortController();
  private readonly ended = new AbortController();
  private bucket: TokenBucket | undefined;
  /** The moment before which the collector wants nothing; milliseconds of `performance.now()`, as all moments here. */
  private notBefore = 0;

  constructor(sender: OtlpSender, options: RetryOptions) {
    this.sender = sender;
    this.options = options;
  }

  /** @param timeoutMillis for all attempts and the waits between them */
  async send(data: Uint8Array, timeoutMillis: number): Promise<ExportResponse> {
    if (this.ended.signal.aborted) return STOPPED;
    const body = this.options.gzip ? await compress(data, FAST) : data;
    try {
      return await this.places.enter(
        this.ended.signal,
        async () => await this.sendUntil(performance.now() + timeoutMillis, body),
      );
    } catch (error) {
      if (!this.ended.signal.aborted) throw error;
      return STOPPED;
    }
  }

  /** The process is about to end: what waits for its next attempt makes it now, and a collector that isn't there is asked once. */
  hurry(): void {
    this.hurrying.abort();
  }

  /** Ends every attempt and every wait. */
  shutdown(): void {
    this.ended.abort();
  }

  private async sendUntil(deadline: number, body: Uint8Array): Promise<ExportResponse> {
    const { maxRetries, backoffMs } = this.options;
    let reason = 'the collector asked to wait, or telemetry.rate_limit is reached';
    for (let retries = 0; ; retries += 1) {
      if (!(await this.mayGo(deadline))) return failure(reason);
      const attempt = await this.attempt(deadline, body);
      if (attempt.outcome === 'taken') return { status: 'success', data: attempt.answer };
      reason = attempt.reason;
      if (attempt.outcome === 'refused' || retries >= maxRetries) return failure(reason);
      if (attempt.isUnreachable && this.hurrying.signal.aborted) return failure(reason);
      if (attempt.waitMs) continue; // by `notBefore`
      const pause = Math.min(backoffMs * 2 ** retries, MOST_BACKOFF_MS) * (0.5 + Math.random() / 2);
      if (performance.now() + pause >= deadline) return failure(reason);
      await this.backOff(pause);
    }
  }

  /** Waits for the collector and for the rate. @returns false where that would be past the deadline */
  private async mayGo(deadline: number): Promise<boolean> {
    const { rate } = this.options;
    for (;;) {
      const now = performance.now();
      this.bucket = fill(this.bucket, rate, now);
      const wait = Math.max(this.notBefore - now, waitFor(this.bucket, rate));
      if (wait <= 0) {
        this.bucket = takeFrom(this.bucket, rate, 1);
        return true;
      }
      if (now + wait >= deadline) return false;
      await sleep(wait, undefined, { signal: this.ended.signal });
    }
  }

  private async attempt(deadline: number, body: Uint8Array): Promise<Attempt> {
    const { timeoutMs, onAttempt } = this.options;
    const left = Math.ceil(Math.max(1, Math.min(timeoutMs, deadline - performance.now())));
    const signal = AbortSignal.any([this.ended.signal, AbortSignal.timeout(left)]);
    const attempt = await this.sender.send(body, signal, left);
    if (attempt.outcome !== 'taken') this.ended.signal.throwIfAborted();
    if (attempt.outcome === 'failed' && attempt.waitMs) this.notBefore = performance.now() + attempt.waitMs;
    onAttempt(attempt);
    return attempt;
  }

  private async backOff(milliseconds: number): Promise<void> {
    const { signal: hurry } = this.hurrying;
    const { signal: end } = this.ended;
    const signal = hurry.aborted ? end : AbortSignal.any([hurry, end]);
    await sleep(milliseconds, undefined, { signal }).catch((error) => {
      if (end.aborted) throw error;
    });
  }
}

const failure = (reason: string): ExportResponse => ({ status: 'failure', error: new Error(reason) });

const STOPPED = failure('this server was stopped');
