import type { LogRecord } from '../../../src/domain/telemetry/log-record.ts';
import type { Severity } from '../../../src/domain/telemetry/severity.ts';
import type { Span } from '../../../src/domain/telemetry/span.ts';

/** The organization and workspace that rows belong to where they don't say. */
export const OWN = {
  organizationId: '0c9e1b52-6b07-4f0e-9d53-5f5b7d5f0001',
  workspaceId: '3e3a9f0c-1a30-4c87-8a5e-5f5b7d5f0002',
} as const;

interface Owned {
  readonly organizationId?: string;
  readonly workspaceId?: string;
}

type Attributes = Readonly<Record<string, string>>;

export interface PlatformLog extends LogRecord, Owned {
  readonly severity: Severity;
  readonly resource?: Attributes;
  /** The source: "" or "otlp" of applications, "k8s-events" and the like of the platform's own collectors. */
  readonly scope?: string;
}

export interface PlatformSpan extends Span, Owned {
  readonly resource?: Attributes;
  readonly statusMessage?: string;
}

export interface PlatformMetric extends Owned {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram' | 'summary';
  readonly unit: string;
  readonly service: string;
  readonly labels: Attributes;
  /** By time: milliseconds since 1970, and the value. */
  readonly points: readonly (readonly [timeMs: number, value: number])[];
}

export interface PlatformAlert extends Owned {
  readonly id: string;
  readonly alertRuleId: string;
  readonly status: 'firing' | 'acknowledged' | 'resolved' | 'silenced';
  readonly severity: 'critical' | 'warning' | 'info';
  readonly title: string;
  readonly description: string;
  readonly currentValue: number;
  readonly threshold: number;
  readonly labels: Attributes;
  readonly annotations: Attributes;
  readonly startsAt: number;
  readonly endsAt?: number;
  readonly acknowledgedAt?: number;
  readonly acknowledgedBy?: string;
  readonly acknowledgeComment?: string;
  readonly resolvedAt?: number;
  readonly resolvedBy?: string;
  readonly resolution?: string;
  readonly silencedUntil?: number;
}

export interface PlatformRule extends Owned {
  readonly id: string;
  readonly name: string;
  readonly severity: PlatformAlert['severity'];
  readonly conditions: readonly {
    readonly metric: string;
    readonly aggregation: string;
    readonly operator: string;
    readonly threshold: number;
    readonly duration: string;
    readonly labels?: Attributes;
  }[];
  readonly labels: Attributes;
  readonly enabled: boolean;
  readonly state: 'ok' | 'pending' | 'alerting' | 'no_data' | 'error';
}

export interface PlatformCheck {
  readonly timeMs: number;
  readonly isUp: boolean;
  readonly statusCode: number;
  readonly responseMs: number;
  readonly error?: string;
}

export interface PlatformMonitor extends Owned {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly type: string;
  readonly status: 'up' | 'down' | 'degraded' | 'paused' | 'pending' | 'unknown';
  readonly createdAt: number;
  readonly certificateDays?: number;
  /** By time. */
  readonly checks: readonly PlatformCheck[];
}

export interface PlatformUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly permissions: readonly string[];
  /** Undefined for a user without one. */
  readonly organizationId: string | undefined;
  readonly mfa?: boolean;
  readonly isActive?: boolean;
}

/** All that a platform holds, of every organization. */
export interface PlatformData {
  readonly metrics: readonly PlatformMetric[];
  readonly logs: readonly PlatformLog[];
  readonly spans: readonly PlatformSpan[];
  readonly alerts: readonly PlatformAlert[];
  readonly rules: readonly PlatformRule[];
  readonly monitors: readonly PlatformMonitor[];
  readonly users: readonly PlatformUser[];
}

/** Rows by time, newest first, as every signals query wants them. */
export class NewestFirst<T> {
  private readonly rows: readonly T[];
  private readonly timeOf: (row: T) => number;

  constructor(rows: readonly T[], timeOf: (row: T) => number) {
    this.rows = rows.toSorted((a, b) => timeOf(b) - timeOf(a));
    this.timeOf = timeOf;
  }

  /** The rows of a range, both ends included. */
  *between(from: number, to: number): Generator<T> {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timeOf(this.rows[middle] as T) > to) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.rows.length; at++) {
      const row = this.rows[at] as T;
      if (this.timeOf(row) < from) return;
      yield row;
    }
  }

  all(): readonly T[] {
    return this.rows;
  }
}
