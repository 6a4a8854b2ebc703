import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import type { Setting } from '../schema/settings.ts';

/** The place where something was given: a flag, a variable, or a place in a file. */
export interface SourcePlace {
  /** "--log-level", "TELEMETRYFLOW_MCP_LOG_LEVEL", "/home/a/tfo-mcp.yaml:3:10". */
  readonly where: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** A value as it was given, before anything was checked. */
export interface GivenSetting {
  readonly setting: Setting;
  readonly value: unknown;
  readonly place: SourcePlace;
  /** Of each entry of a list, where its source knows them. */
  readonly entryPlaces?: readonly SourcePlace[];
  /** A list that goes before the one of lower layers, instead of replacing it. */
  readonly adds?: true;
}

/** The settings of one source: the flags, the environment or the file. */
export interface Layer {
  readonly given: ReadonlyMap<string, GivenSetting>;
  readonly notices: readonly string[];
  /** Those of the notices that are about what only the older servers had. */
  readonly ofOlder?: readonly string[];
  readonly problems: readonly ConfigurationProblem[];
}
