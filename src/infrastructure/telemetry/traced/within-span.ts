import type { Span, SpanStart, Tracer } from '../../../application/ports/telemetry.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';

interface Start extends Pick<SpanStart, 'name' | 'kind'> {
  /** The one that ends the work. */
  readonly signal?: AbortSignal;
}

/** Does work as a part of a span of its own, below the current one, that ends with it and fails as it fails. */
export async function withinSpan<T>(
  tracer: Tracer,
  { signal, ...start }: Start,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer.start({ ...start, parent: tracer.current() });
  try {
    return await tracer.within(span, () => work(span));
  } catch (error) {
    span.fail(errorType(error, signal));
    throw error;
  } finally {
    span.end();
  }
}

/** One of few, and none of an error's own words: those can quote what was asked for. */
export function errorType(error: unknown, signal?: AbortSignal): string {
  if (error instanceof DomainError) return error.code;
  return signal?.aborted === true ? 'cancelled' : 'internal';
}
