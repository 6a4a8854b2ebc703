import { AsyncLocalStorage } from 'node:async_hooks';
import {
  createTraceState,
  type Link,
  type Span as OtelSpan,
  type Tracer as OtelTracer,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Span, SpanAttributes, SpanStart, Tracer } from '../../application/ports/telemetry.ts';
import type { TraceContext } from '../../application/request-context.ts';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/**
 * Spans of the SDK. Whether one is recorded is decided before its attributes are made, which cost more than all else; what is not
 * recorded is still passed on.
 */
export function otelTracer(tracer: OtelTracer): Tracer {
  const spans = new AsyncLocalStorage<Span>();
  return {
    within: (span, work) => spans.run(span, work),
    current: () => spans.getStore()?.trace,
    start({ name, kind, parent, links }: SpanStart): Span {
      const context =
        parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(parent));
      const options = { kind: KINDS[kind], ...(links && { links: links.map(linkTo) }) };
      return new OtelSpanAdapter(tracer.startSpan(name, options, context), parent?.baggage);
    },
  };
}

class OtelSpanAdapter implements Span {
  readonly isRecorded: boolean;
  private readonly span: OtelSpan;
  private readonly baggage: string | undefined;

  constructor(span: OtelSpan, baggage: string | undefined) {
    this.span = span;
    this.baggage = baggage;
    this.isRecorded = span.isRecording();
  }

  get trace(): TraceContext {
    const { traceId, spanId, traceFlags, traceState } = this.span.spanContext();
    const tracestate = traceState?.serialize();
    return {
      traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
      ...(tracestate && { tracestate }),
      ...(this.baggage !== undefined && { baggage: this.baggage }),
    };
  }

  set(attributes: SpanAttributes): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) this.span.setAttribute(name, typeof value === 'object' ? [...value] : value);
    }
  }

  fail(type: string, description?: string): void {
    this.span.setAttribute('error.type', type);
    this.span.setStatus({
      code: SpanStatusCode.ERROR,
      ...(description !== undefined && { message: description }),
    });
  }

  end(): void {
    this.span.end();
  }
}

/** W3C Trace Context, section 3.2: whoever made a `TraceContext` has checked its form. */
export function spanContextOf({ traceparent, tracestate }: TraceContext): SpanContext {
  return {
    traceId: traceparent.slice(3, 35),
    spanId: traceparent.slice(36, 52),
    traceFlags: Number.parseInt(traceparent.slice(53, 55), 16),
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
}

const linkTo = (linked: TraceContext): Link => ({ context: spanContextOf(linked) });
