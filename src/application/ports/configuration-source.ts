import type { JsonObject } from '../../domain/shared/json.ts';

/** One setting as typed on the command line: `--log-level debug` is the key `logging.level`. */
export interface SettingFlag {
  /** As the user knows it: "--log-level". */
  readonly flag: string;
  /** `section.key`; one that the configuration doesn't have is a mistake in the option table, and thrown. */
  readonly key: string;
  /** Of a list, the values that the flag adds to what is configured, each as typed. */
  readonly value: string | readonly string[];
}

export interface ConfigurationRequest {
  /** The argument of `--config`; without it the usual places are searched. */
  readonly file?: string | undefined;
  readonly flags?: readonly SettingFlag[] | undefined;
}

/** A setting as it holds. */
export interface EffectiveSetting {
  readonly key: string;
  /** Masked when secret; undefined when it has neither value nor default. Durations in seconds. */
  readonly value: string | number | boolean | readonly string[] | undefined;
  /** The source of the value: a flag ("--log-level"), a variable's name, "file:line", or "default". */
  readonly origin: string;
}

/** A reason why the server can't start with the given settings. */
export interface ConfigurationProblem {
  /** A flag, a variable's name, a file, or "file:line:column" (both counted from 1). */
  readonly where: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** `section.key`, or the section, if it concerns one. */
  readonly key?: string;
  /** One sentence: what was expected, what came (never a secret), and the suggestion. */
  readonly message: string;
  /** The name or value that was probably meant. */
  readonly suggestion?: string;
}

export interface ConfigurationReport {
  /** The configuration file, absolute; one that couldn't be read has a problem of its own. */
  readonly file?: string;
  /** Every setting in the order of the reference; empty when there are problems. */
  readonly settings: readonly EffectiveSetting[];
  /** Remarks that stop nobody but should be known: things ignored, names mistyped. */
  readonly notices: readonly string[];
  /** All of them, not only the first. */
  readonly problems: readonly ConfigurationProblem[];
  /** True if a flag has a value that its setting refuses: that is a mistake in the command line. */
  readonly isMistyped?: boolean;
}

/** A configuration file to begin with. */
export interface InitialConfiguration {
  /** Without one, it is where the user's configuration is searched. */
  readonly file?: string | undefined;
  /** True if a file that is there may be lost. */
  readonly replace: boolean;
}

/** The origin of the configuration: flags before environment before file before defaults. */
export interface ConfigurationSource {
  /** Never rejects for what a user can get wrong: that is in `problems`. */
  load(request: ConfigurationRequest): Promise<ConfigurationReport>;
  /** The file's JSON Schema (2020-12), for editors. */
  schema(): Promise<JsonObject>;
  /**
   * Writes a configuration that has every setting as a comment, with its meaning and its default.
   * @returns its path
   * @throws DomainError `configuration.exists`, `configuration.no-folder`, `configuration.not-written`
   */
  initialize(request: InitialConfiguration): Promise<string>;
}
