import type { TraceContext } from '../request-context.ts';

/** Facts about a span, by the names of OpenTelemetry's semantic conventions. Never arguments, contents or secrets. */
export type SpanAttributes = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

export interface SpanStart {
  /** The same for all that are alike: what differs is in attributes. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  /** Without one, a trace begins. */
  readonly parent?: TraceContext | undefined;
  /** Others that it has to do with. */
  readonly links?: readonly TraceContext[];
}

/** A piece of work on its way. */
export interface Span {
  /** The parent of all that it leads to, here and elsewhere, recorded or not. */
  readonly trace: TraceContext;
  /** False where nobody will see it: its attributes need not be made. */
  readonly isRecorded: boolean;
  set(attributes: SpanAttributes): void;
  /** Marks it as failed. @param type one of few; `description` of what that means */
  fail(type: string, description?: string): void;
  /** Ends it, once. */
  end(): void;
}

/** Tells afterwards what led to what, and how long it took. Never throws and never waits. */
export interface Tracer {
  start(span: SpanStart): Span;
  /** Does work as a part of a span, recorded or not: for all that it leads to, however much later, the span is the current one. */
  within<T>(span: Span, work: () => T): T;
  /** The context of the span that this is a part of. */
  current(): TraceContext | undefined;
}

/** A value out of few; undefined where the attribute does not apply. */
export type Label = string | undefined;

/** The distribution of a value over what it is told by. Never throws and never waits: requests record by thousands a second. */
export interface Histogram<Labels extends readonly Label[]> {
  /** @param labels at most six; those that clients make up must be made few before */
  record(value: number, ...labels: Labels): void;
}

/** Measurements of this server, by the names of OpenTelemetry's semantic conventions. */
export interface Metrics {
  /** `mcp.server.operation.duration`, in seconds. */
  readonly operations: Histogram<OperationLabels>;
  /** `mcp.server.session.duration`, in seconds. */
  readonly sessions: Histogram<[protocolVersion: Label, transport: string]>;
  /** `mcp.sessions.events`, a count: an older server's name, where it is wanted. */
  readonly sessionEvents?: Histogram<[event: 'created' | 'closed']>;
  readonly claude: ClaudeMetrics;
}

export type OperationLabels = [
  method: string,
  tool: Label,
  prompt: Label,
  errorType: Label,
  protocolVersion: Label,
  transport: string,
];

/** The answer's model is known only once it answered. */
type ModelLabels = [requestModel: string, responseModel: Label];

export interface ClaudeMetrics {
  /** `gen_ai.client.operation.duration`, in seconds. */
  readonly calls: Histogram<[...ModelLabels, errorType: Label]>;
  /** `gen_ai.client.operation.time_to_first_chunk`, in seconds. */
  readonly firstChunks: Histogram<[requestModel: string]>;
  /** `gen_ai.client.token.usage`. */
  readonly tokens: Histogram<[...ModelLabels, tokenType: 'input' | 'output']>;
}
