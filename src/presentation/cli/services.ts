import type { Application } from '../../application/application.ts';
import type {
  ConfigurationReport,
  ConfigurationRequest,
  ConfigurationSource,
} from '../../application/ports/configuration-source.ts';
import type { KeyRing } from '../../application/ports/key-store.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { Store } from '../../application/ports/store.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type { ServerIdentity } from '../protocol/services.ts';
import type { GuideName } from './guide-names.ts';

/** The identity of this build. */
export interface BuildFacts {
  readonly version: string;
  readonly commit: string;
  /** "node 22.23.2" */
  readonly runtime: string;
  /** "linux-x64" */
  readonly platform: string;
}

/** The ways into a network server that has begun to listen. */
export interface Listening {
  readonly urls: readonly string[];
  /** The ways to authenticate, as the end of a sentence behind a colon. */
  readonly authentication: string;
  /** Directories that file tools and commands work in. */
  readonly directories: readonly string[];
}

/** A configuration that holds, and what can be done with it. */
export interface Prepared {
  readonly application: Application;
  readonly server: ServerIdentity;
  readonly logger: Logger;
  readonly notices: readonly string[];
  /** Warnings about serving with it. */
  readonly warnings: readonly string[];
  /** True if there is a key for Claude. */
  readonly hasClaudeKey: boolean;
  /** True if it serves the client on its own input and output, not network clients. */
  readonly servesStdio: boolean;
  /** Opens what is otherwise opened at its first use; the health says what fails. */
  openBackends(): Promise<void>;
  /** Logs the notices and serves until the client's session is over, and resolves with the reason of the end. */
  serve(onListening: (listening: Listening) => void): Promise<string>;
  /** Resolves when everything logged so far is written. */
  finish(): Promise<void>;
}

/** The reasons why a configuration doesn't hold. */
export type Unprepared = Pick<ConfigurationReport, 'notices' | 'problems' | 'isMistyped'>;

/** Everything that is kept, for whoever administers it. */
export interface Archive {
  /** False if servers keep new conversations in their memory: those that are here were kept before. */
  readonly keepsConversations: boolean;
  readonly conversations: Omit<ConversationRepository, 'remove'>;
  /** @returns false if there is none */
  deleteConversation(id: ConversationId): Promise<boolean>;
  readonly events: Store['events'];
  /** Makes what was removed unreadable. @returns false where others were in the way: it is done later */
  purge(): Promise<boolean>;
  /** Paths of backups and damaged databases beside the database in which something of this id still is. */
  copiesWith(id: string): Promise<readonly string[]>;
  readonly database: DatabaseFile;
  close(): Promise<void>;
}

/** The steps that a database's schema goes through. */
export interface SchemaSteps {
  /** The version that the file has, 0 where there is none, and the one that this program writes. */
  readonly current: number;
  readonly newest: number;
  readonly migrations: readonly {
    readonly version: number;
    readonly name: string;
    readonly isApplied: boolean;
  }[];
  /** The copy as it was before its tables were last changed; the times are of RFC 3339. */
  readonly backup?: {
    readonly file: string;
    readonly bytes: number;
    readonly madeAt: string;
    readonly keptUntil: string;
  };
}

/** The file of the database, for whoever administers it. Every method throws DomainError `store.unavailable`. */
export interface DatabaseFile {
  readonly path: string;
  status(): Promise<SchemaSteps>;
  /** Makes the file, if there is none, and brings its schema up to date. */
  migrate(): Promise<void>;
  /** @param file where the copy goes; relative to the working directory */
  backUp(file: string): Promise<void>;
  /** @param file of an earlier copy */
  restore(file: string): Promise<void>;
}

/** The services of the rest of the program for the command line. */
export interface CliServices {
  readonly build: BuildFacts;
  /** The text of a guide, in Markdown. */
  guide(name: GuideName): Promise<string>;
  readonly configuration: ConfigurationSource;
  /** Loads the configuration and builds the application; a report with problems when that can't be. */
  prepare(request: ConfigurationRequest): Promise<Prepared | Unprepared>;
  /** The API keys that the configuration names; a report with problems when it doesn't hold. */
  keys(request: ConfigurationRequest): Promise<KeyRing | Unprepared>;
  /** Everything that is kept where the configuration says; a report with problems when it doesn't hold. */
  archive(request: ConfigurationRequest): Promise<Archive | Unprepared>;
}
