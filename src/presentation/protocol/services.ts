import type { Application } from '../../application/application.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { StateSealer } from '../../application/ports/state-sealer.ts';
import type { Metrics, SpanAttributes, Tracer } from '../../application/ports/telemetry.ts';
import type { Principal } from '../../application/request-context.ts';
import type { SessionId } from '../../domain/session/session-events.ts';

/** This server's introduction. */
export interface ServerIdentity {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly websiteUrl: string;
  /** For the model, short. */
  readonly instructions: string;
}

/** The part of tracing that is a connection's. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Facts about the connection: the same for all its requests. */
  readonly attributes: SpanAttributes;
}

/** The part of measuring that is a connection's. */
export interface Metering {
  readonly operations: Metrics['operations'];
  /** `network.transport` of the semantic conventions. */
  readonly transport: string;
}

/** The services of both eras on one connection. */
export interface Services {
  readonly application: Application;
  readonly server: ServerIdentity;
  readonly principal: Principal;
  /** Tells whether the principal would still be admitted; absent where nobody has to authenticate. */
  readonly isStillAuthorized?: (() => boolean) | undefined;
  /** The id of the connection's first session, where its transport tells the client one; made anew where absent. */
  readonly sessionId?: SessionId | undefined;
  readonly logger: Logger;
  /** Made at the first question that needs it. */
  readonly sealer: () => Promise<StateSealer>;
  /** Takes note of the client's roots, `file:` URIs, when it tells them; absent where they don't decide where its tools may go. */
  readonly pinRoots?: ((roots: readonly string[]) => Promise<void>) | undefined;
  /** Traces each request; absent where nothing is traced. */
  readonly tracing?: Tracing | undefined;
  /** Measures each request; absent where nothing is measured. */
  readonly metering?: Metering | undefined;
  /** Entries a list page. */
  readonly pageSize: number;
  /** Called when the client asked for the end of its session, and has its answer. */
  readonly onShutdown: () => void;
}
