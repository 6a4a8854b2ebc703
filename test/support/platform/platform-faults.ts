/**
 * Faults of the platform as its public sources and engines show them; each is a switch, on unless repaired, so that a platform of a
 * later version can be played.
 */
export const platformFaults = {
  pageIgnored: 'a query for page 2 gives the rows of page 1',
  offsetStripped: 'an offset in pagination vanishes',
  totalIsRows: 'total counts the rows of this answer',
  metricQueriesFail: 'every metric query ends with 500',
  metricsMerged: 'a metric query merges metrics, services and label sets into one row for each bucket',
  edgeBucketsShifted: 'the bucket that from falls in is missing, and the one that to falls in is whole',
  valueNeedsAggregation: 'without aggregation, rows of metrics hold only their timestamp',
  integersAreStrings: 'integers of 64 bits are strings, as of older ClickHouse',
  timesWithoutZone: 'times have no zone',
  rowsInSnakeCase: 'rows have the names of the columns',
  namesCut: 'lists of names and values end at 1,000',
  prefixIgnored: 'names come whatever the prefix',
  limitOfNamesRefused: 'a limit in the query string is refused',
  labelNameInQuery: 'the name of a label must be in the query string, too',
  spansCut: 'a trace ends at 1,000 spans without a word',
  listsOfTracesShadowed: 'traces/services and traces/operations are taken for trace ids',
  summariesFilterSpans: 'the filter of summaries applies to spans, not to traces',
  summariesIgnoreWorkspace: 'summaries see the whole organization',
  workspaceUnchecked: 'any workspace id is taken as it is sent',
  wildcardsUnescaped: 'a search for a_b also finds axb',
  messagesAreArrays: 'the message of a validation error is an array',
  codesArePhrases: 'the code of an error is the phrase of its status',
  clientFaultsAre500: 'what a client does wrong in times and intervals ends with 500',
  alertsCached: 'lists of alerts are cached for 30 s, whatever rule and dates are asked for',
  rulesCached: 'lists of rules are cached for 60 s, whatever is searched for',
  uselessChangesAnswer200: 'acknowledging what does not fire and resolving what is resolved answer 200',
  resolvedCanBeSilenced: 'a resolved alert becomes a silenced one',
  silenceDropsReason: 'the reason of a silence is dropped',
  monitorsHoldSecrets: 'rows of monitors hold passwords',
  monitorPageUnbounded: 'a page of monitors can have any length',
  auditUnscoped: 'the audit log shows other organizations',
  refreshTokensInMemory: 'a restart forgets all refresh tokens',
  loginsLimited: 'five logins in 15 minutes, successful ones included',
  accountsLocked: 'five wrong passwords lock an account for 30 minutes',
  forwardedAddressTrusted: 'X-Forwarded-For names the address whose logins are counted',
} as const;

export type PlatformFault = keyof typeof platformFaults;

/** The faults that a platform has now. */
export class FaultSwitches {
  private readonly repaired: Set<PlatformFault>;

  constructor(repaired: Iterable<PlatformFault>) {
    this.repaired = new Set(repaired);
  }

  has(fault: PlatformFault): boolean {
    return !this.repaired.has(fault);
  }

  repair(...faults: readonly PlatformFault[]): void {
    for (const fault of faults) this.repaired.add(fault);
  }
}
