import type { ConfigurationProblem } from '../../application/ports/configuration-source.ts';
import type { Setting } from './settings.ts';

/** Where something was given: a flag, a variable, or a place in a file. */
export interface Place {
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
  readonly place: Place;
}

/** What one source of settings says: the flags, the environment or the file. */
export interface Layer {
  readonly given: ReadonlyMap<string, GivenSetting>;
  readonly notices: readonly string[];
  readonly problems: readonly ConfigurationProblem[];
}
