import {
  NewestFirst,
  OWN,
  type PlatformAlert,
  type PlatformData,
  type PlatformLog,
  type PlatformSpan,
} from './platform-data.ts';
import { FaultSwitches, type PlatformFault } from './platform-faults.ts';
import { PlatformFailure, unexpected } from './platform-request.ts';

/** A platform's memory: what it holds, what changed, and its clock. */
export class PlatformState {
  readonly data: PlatformData;
  readonly faults: FaultSwitches;
  readonly logs: NewestFirst<PlatformLog>;
  readonly spans: NewestFirst<PlatformSpan>;
  readonly alerts: Map<string, PlatformAlert>;
  /** Milliseconds that its clock is ahead of this machine's. */
  skewMs = 0;
  private readonly cached = new Map<string, { readonly until: number; readonly value: unknown }>();
  private readonly givenNow: () => number;

  constructor(data: PlatformData, repaired: Iterable<PlatformFault>, now: () => number) {
    this.data = data;
    this.faults = new FaultSwitches(repaired);
    this.logs = new NewestFirst(data.logs, ({ timeMs }) => timeMs);
    this.spans = new NewestFirst(data.spans, ({ startMs }) => startMs);
    this.alerts = new Map(data.alerts.map((alert) => [alert.id, alert]));
    this.givenNow = now;
  }

  now(): number {
    return this.givenNow() + this.skewMs;
  }

  /** The value that was made for this key, for so long. */
  cache<T>(key: string, milliseconds: number, make: () => T): T {
    const kept = this.cached.get(key);
    if (kept !== undefined && kept.until > this.now()) return kept.value as T;
    const value = make();
    this.cached.set(key, { until: this.now() + milliseconds, value });
    return value;
  }

  /** The answer to a client's fault that nothing checks for: 500, or 400 of a repaired platform. */
  clientFault(message: string): PlatformFailure {
    return this.faults.has('clientFaultsAre500') ? unexpected() : new PlatformFailure(400, message);
  }
}

interface Owned {
  readonly organizationId?: string;
  readonly workspaceId?: string;
}

export const organizationOf = ({ organizationId = OWN.organizationId }: Owned): string => organizationId;

export const workspaceOf = ({ workspaceId = OWN.workspaceId }: Owned): string => workspaceId;
