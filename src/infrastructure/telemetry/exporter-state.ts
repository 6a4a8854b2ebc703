import type { BackendHealth } from '../../application/ports/health.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { TelemetrySignal } from '../config/schema/values/otlp-endpoint.ts';
import { type Attempt, quoted } from './attempt.ts';
import { bytesOf, numberOf, protobufFields, textOf } from './protobuf-fields.ts';

export interface ExporterStateOptions {
  readonly signal: TelemetrySignal;
  /** The collector, as it may be shown. */
  readonly origin: string;
  /** Items that may wait to be exported; more are dropped. */
  readonly maxWaiting: number;
  /** Must lead into no export: each failure would be another item to export. */
  readonly logger: Logger;
}

const STOPPED = 'this server was stopped';

/** Milliseconds between two lines about what was dropped. */
const TELL_MS = 60_000;

/** Everything that is known of the export of one signal: what waits, what was dropped, how the collector is. */
export class ExporterState {
  private readonly options: ExporterStateOptions;
  private readonly listeners = new Set<() => void>();
  private reason: string | undefined;
  private lastSuccess: string | undefined;
  private queued = 0;
  private sending = 0;
  private dropped = 0;
  /** One after the other. */
  private failures = 0;
  private told = { count: 0, at: Number.NEGATIVE_INFINITY };
  private dropReason = '';
  private isClosed = false;

  constructor(options: ExporterStateOptions) {
    this.options = options;
  }

  /** Lets an item wait for its export. @returns false where there is no room, or no export any more: it is counted as dropped */
  admit(): boolean {
    if (this.isClosed || this.queued >= this.options.maxWaiting) {
      this.drop(1, this.isClosed ? STOPPED : 'too many wait (telemetry.max_queue_size)');
      return false;
    }
    this.queued += 1;
    return true;
  }

  /** A batch has left the queue. */
  begin(count: number): void {
    this.queued = Math.max(0, this.queued - count);
    this.sending += count;
  }

  /** A batch was taken, or else never will be. */
  end(count: number, error?: Error): void {
    if (this.sending === 0) return; // it was abandoned, and counted
    this.sending -= count;
    if (error === undefined) return;
    this.drop(count, error.message);
    this.change(error.message);
  }

  /** One failure is nothing to tell: connections are closed by whoever lies between. */
  note(attempt: Attempt): void {
    if (attempt.outcome === 'taken') {
      this.failures = 0;
      this.lastSuccess = new Date().toISOString();
      this.notePartial(attempt.answer);
      this.change(undefined);
      return;
    }
    this.failures += 1;
    if (this.failures > 1 || attempt.outcome === 'refused') this.change(attempt.reason);
  }

  /** Items that come from here on are dropped. */
  close(): void {
    this.isClosed = true;
  }

  /** Nothing is exported any more: whatever waits is dropped, and told. */
  abandon(): void {
    const left = this.queued + this.sending;
    this.queued = 0;
    this.sending = 0;
    if (left > 0) this.drop(left, STOPPED);
    this.tellDropped();
  }

  health(): BackendHealth {
    const { signal, origin } = this.options;
    return {
      name: `telemetry.${signal}`,
      state: this.reason === undefined ? 'up' : 'down',
      isRequired: false,
      ...(this.reason !== undefined && {
        reason: `The collector at ${origin} takes nothing: ${this.reason}`,
      }),
      ...(this.lastSuccess !== undefined && { lastSuccess: this.lastSuccess }),
      waiting: this.queued + this.sending,
      dropped: this.dropped,
    };
  }

  /** Calls back when the collector begins or ceases to take what comes, until the returned function is called. */
  onStateChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param reason why nothing is taken; undefined if it is */
  private change(reason: string | undefined): void {
    const { signal, origin: collector, logger } = this.options;
    const before = this.reason;
    this.reason = reason;
    if ((before === undefined) === (reason === undefined)) return;
    if (reason === undefined) logger.info('Telemetry is taken again', { signal, collector });
    else logger.warn('Telemetry is not taken', { signal, collector, error: reason });
    for (const tell of this.listeners) tell();
  }

  /** An `Export…PartialSuccess` is the same for all signals: how many were refused, and why. */
  private notePartial(answer: Uint8Array): void {
    const [partial] = bytesOf(protobufFields(answer), 1);
    if (partial === undefined) return;
    const fields = protobufFields(partial);
    const words = quoted(textOf(fields, 2));
    const rejected = numberOf(fields, 1);
    if (rejected > 0) this.drop(rejected, `the collector took only a part${words}`);
    else if (words !== '')
      this.options.logger.warn('The collector remarks on telemetry', {
        signal: this.options.signal,
        remark: words.slice(2),
      });
  }

  private drop(count: number, reason: string): void {
    this.dropped += count;
    this.dropReason = reason;
    if (performance.now() - this.told.at >= TELL_MS) this.tellDropped();
  }

  private tellDropped(): void {
    const count = this.dropped - this.told.count;
    if (count === 0) return;
    this.told = { count: this.dropped, at: performance.now() };
    const { signal, logger } = this.options;
    logger.warn('Telemetry was dropped', { signal, count, reason: this.dropReason });
  }
}
