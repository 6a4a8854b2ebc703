import { addUsage, NO_USAGE, type Usage } from '../../domain/conversation/usage.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { TimeBuckets, type UseCounts } from '../../domain/statistics/time-buckets.ts';
import type { StoredEvent } from '../ports/store.ts';
import { ByName } from './by-name.ts';
import { addUses, CallTally, noUses } from './call-tally.ts';
import type { EventStatistics } from './event-statistics.ts';

interface Span {
  /** ISO 8601, UTC: events are asked for since then. */
  readonly since: string;
  /** ISO 8601, UTC: the time of asking. */
  readonly until: string;
  /** ISO 8601, UTC: of the first event there is; no time before it is shown. */
  readonly first: string;
}

/**
 * Counts events in bounded memory, in any order. Nothing in an event is a failure: one of a type that this version doesn't know is
 * counted as an event and no more, and a member that is missing, or of another type than it should be, as one that is not known.
 */
export class EventTally {
  private readonly span: Span;
  private readonly overTime: TimeBuckets;
  private readonly tools = new ByName(() => new CallTally());
  private readonly resources = new ByName(noUses);
  private readonly prompts = new ByName(noUses);
  private readonly failures = new ByName(() => ({ times: 0 }));
  private readonly models = new ByName(() => ({ answers: 0, usage: NO_USAGE }));
  private readonly clients = new ByName(() => ({ sessions: 0 }));
  private readonly sessions = { opened: 0, closed: 0 };
  private readonly conversations = { begun: 0, answers: 0 };
  private readonly counted = { calls: 0, reads: 0, prompts: 0, sessions: 0, others: 0 };
  private events = 0;

  constructor(span: Span) {
    this.span = span;
    const until = Date.parse(span.until);
    const first = Date.parse(span.first);
    this.overTime = new TimeBuckets(Number.isNaN(first) ? until : first, until);
  }

  add({ type, occurredAt, aggregate: { id }, payload }: StoredEvent): void {
    this.events += 1;
    switch (type) {
      case 'ToolExecuted':
        this.call(id, this.use(payload), occurredAt).measure(payload['durationMs']);
        break;
      case 'ResourceRead':
        addUses(this.resources.of(id), this.use(payload));
        break;
      case 'PromptExecuted':
        addUses(this.prompts.of(id), this.use(payload));
        break;
      case 'AuditSkipped':
        this.addCounted(payload['calls'], occurredAt);
        break;
      case 'SessionCreated':
        this.sessions.opened += 1;
        break;
      case 'SessionInitialized':
        this.clients.of(payload['clientName']).sessions += 1;
        break;
      case 'SessionClosed':
        this.sessions.closed += 1;
        break;
      case 'ConversationCreated':
        this.conversations.begun += 1;
        break;
      case 'MessageAdded':
        if (payload['role'] === 'assistant') this.answer(payload);
    }
  }

  statistics(): EventStatistics {
    const { since, until } = this.span;
    const { start, widthMs, counts } = this.overTime;
    const tools = this.tools.sorted(({ uses }) => uses.uses);
    const all = new CallTally();
    for (const [, calls] of tools) all.merge(calls);
    return {
      since,
      until,
      events: this.events,
      calls: all.statistics(),
      tools: tools.map(([name, calls]) => ({ name, ...calls.statistics() })),
      overTime: {
        from: new Date(start).toISOString(),
        seconds: widthMs / 1000,
        calls: counts.map(({ uses }) => uses),
        errors: counts.map(({ errors }) => errors),
      },
      failures: this.failures.sorted(({ times }) => times).map(named),
      models: this.models
        .sorted(({ answers }) => answers)
        .map(([name, { answers, usage }]) => ({ name, answers, ...usage })),
      resources: this.resources.sorted(({ uses }) => uses).map(named),
      prompts: this.prompts.sorted(({ uses }) => uses).map(named),
      clients: this.clients.sorted(({ sessions }) => sessions).map(named),
      sessions: this.sessions,
      conversations: this.conversations,
      counted: this.counted,
    };
  }

  private use({ success, errorCode }: JsonObject): UseCounts {
    if (success !== false) return { uses: 1, errors: 0 };
    this.failures.of(errorCode).times += 1;
    return { uses: 1, errors: 1 };
  }

  private call(name: string, uses: UseCounts, occurredAt: string): CallTally {
    const calls = this.tools.of(name);
    addUses(calls.uses, uses);
    this.overTime.add(Date.parse(occurredAt), uses);
    return calls;
  }

  private answer({ model, usage }: JsonObject): void {
    this.conversations.answers += 1;
    if (model === undefined) return;
    const counts = this.models.of(model);
    counts.answers += 1;
    counts.usage = addUsage(counts.usage, usageOf(usage));
  }

  private addCounted(calls: JsonValue | undefined, occurredAt: string): void {
    if (!isJsonObject(calls)) return;
    for (const [key, outcomes] of Object.entries(calls)) {
      const { succeeded, failed } = isJsonObject(outcomes) ? outcomes : {};
      const uses = { uses: amountOf(succeeded) + amountOf(failed), errors: amountOf(failed) };
      const colon = key.indexOf(':');
      const name = key.slice(colon + 1);
      switch (key.slice(0, colon)) {
        case 'tool':
          this.call(name, uses, occurredAt);
          this.counted.calls += uses.uses;
          break;
        case 'resource':
          addUses(this.resources.of(name), uses);
          this.counted.reads += uses.uses;
          break;
        case 'prompt':
          addUses(this.prompts.of(name), uses);
          this.counted.prompts += uses.uses;
          break;
        case 'session':
          this.counted.sessions += uses.uses;
          break;
        default:
          this.counted.others += uses.uses;
      }
    }
  }
}

const named = <T extends object>([name, counts]: readonly [string, T]) => ({ name, ...counts });

function usageOf(usage: JsonValue | undefined): Usage {
  const { inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens } = isJsonObject(usage)
    ? usage
    : {};
  return {
    inputTokens: amountOf(inputTokens),
    outputTokens: amountOf(outputTokens),
    cacheCreationTokens: amountOf(cacheCreationTokens),
    cacheReadTokens: amountOf(cacheReadTokens),
  };
}

/** A number of things; 0 where it is none. */
const amountOf = (value: JsonValue | undefined): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
