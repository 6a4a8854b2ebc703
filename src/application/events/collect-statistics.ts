import type { Registry } from '../registry.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';
import type { EventBus } from './event-bus.ts';

export interface ToolStatistics {
  readonly name: string;
  readonly calls: number;
  /** Calls that ended with an error, of the tool or of the protocol. */
  readonly errors: number;
  /** Milliseconds, over the last calls only. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Counts of this process's work since its start. */
export interface Statistics {
  /** Counts a finished call of a tool that there is: a client can make up any number of names. Called often: must stay cheap. */
  record(toolName: string, durationMs: number, success: boolean): void;
  /** The tools that were called, in the order in which they are listed. */
  tools(): readonly ToolStatistics[];
  sessions(): { readonly opened: number; readonly closed: number };
}

interface Dependencies {
  readonly events: EventBus;
  readonly tools: Registry<ToolDefinition>;
}

/** Counts and times calls, and counts sessions. */
export function collectStatistics({ events, tools }: Dependencies): Statistics {
  const tallies = new Map<string, Tally>();
  let opened = 0;
  let closed = 0;
  events.on('SessionCreated', () => {
    opened += 1;
  });
  events.on('SessionClosed', () => {
    closed += 1;
  });
  return {
    record(toolName, durationMs, success) {
      let tally = tallies.get(toolName);
      if (tally === undefined) {
        tally = new Tally();
        tallies.set(toolName, tally);
      }
      tally.add(durationMs, success);
    },
    tools: () =>
      tools.values().flatMap(({ tool: { name } }) => {
        const tally = tallies.get(name);
        return tally ? [{ name, ...tally.summary() }] : [];
      }),
    sessions: () => ({ opened, closed }),
  };
}

/** Calls whose durations are kept; a power of two. */
const SAMPLE = 256;

class Tally {
  private calls = 0;
  private errors = 0;
  private readonly durations = new Float64Array(SAMPLE);

  add(durationMs: number, success: boolean): void {
    this.durations[this.calls & (SAMPLE - 1)] = durationMs;
    this.calls += 1;
    if (!success) this.errors += 1;
  }

  summary() {
    const { calls, errors } = this;
    const sorted = this.durations.slice(0, Math.min(calls, SAMPLE)).sort();
    return { calls, errors, p50Ms: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
  }
}

/** The nearest rank: always one of the durations. */
function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
}
