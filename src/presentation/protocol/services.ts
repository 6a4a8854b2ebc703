import type { Application } from '../../application/application.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { StateSealer } from '../../application/ports/state-sealer.ts';
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

/** The services of both eras on one connection. */
export interface Services {
  readonly application: Application;
  readonly server: ServerIdentity;
  readonly principal: Principal;
  /** The id of the connection's first session, where its transport tells the client one; made anew where absent. */
  readonly sessionId?: SessionId | undefined;
  readonly logger: Logger;
  /** Made at the first question that needs it. */
  readonly sealer: () => Promise<StateSealer>;
  /** True if the client's roots decide where its tools may go. */
  readonly usesRoots: boolean;
  /** Entries a list page. */
  readonly pageSize: number;
  /** Called when the client asked for the end of its session, and has its answer. */
  readonly onShutdown: () => void;
}
