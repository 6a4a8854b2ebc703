import type { Application } from '../../application/application.ts';
import type {
  ConfigurationReport,
  ConfigurationRequest,
  ConfigurationSource,
} from '../../application/ports/configuration-source.ts';
import type { KeyRing } from '../../application/ports/key-store.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { ServerIdentity } from '../protocol/services.ts';

/** The identity of this build. */
export interface BuildFacts {
  readonly version: string;
  readonly commit: string;
  /** "node 22.23.2" */
  readonly runtime: string;
  /** "linux-x64" */
  readonly platform: string;
}

/** A configuration that holds, and what can be done with it. */
export interface Prepared {
  readonly application: Application;
  readonly server: ServerIdentity;
  readonly logger: Logger;
  readonly notices: readonly string[];
  /** Warnings about serving with it. */
  readonly warnings: readonly string[];
  /** True if it serves the client on its own input and output, not network clients. */
  readonly servesStdio: boolean;
  /** Logs the notices and serves until the client's session is over. */
  serve(): Promise<void>;
  /** Resolves when everything logged so far is written. */
  finish(): Promise<void>;
}

/** The reasons why a configuration doesn't hold. */
export type Unprepared = Pick<ConfigurationReport, 'notices' | 'problems'>;

/** The services of the rest of the program for the command line. */
export interface CliServices {
  readonly build: BuildFacts;
  readonly configuration: ConfigurationSource;
  /** Loads the configuration and builds the application; a report with problems when that can't be. */
  prepare(request: ConfigurationRequest): Promise<Prepared | Unprepared>;
  /** The API keys that the configuration names; a report with problems when it doesn't hold. */
  keys(request: ConfigurationRequest): Promise<KeyRing | Unprepared>;
}
