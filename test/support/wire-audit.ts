import { isJsonObject, type JsonObject } from '../../src/domain/shared/json.ts';
import { defines, schemaProblem } from './wire-schema.ts';

const MODERN = '2026-07-28';
/** By which a connection is measured that has neither a session nor a modern request. */
const LATEST_LEGACY = '2025-11-25';

const META = 'io.modelcontextprotocol/';

/** The definition of each method's result. `shutdown` is not MCP's: its result is empty. */
const results: Readonly<Record<string, string>> = {
  initialize: 'InitializeResult',
  ping: 'EmptyResult',
  shutdown: 'EmptyResult',
  'server/discover': 'DiscoverResult',
  'subscriptions/listen': 'SubscriptionsListenResult',
  'tools/list': 'ListToolsResult',
  'tools/call': 'CallToolResult',
  'resources/list': 'ListResourcesResult',
  'resources/templates/list': 'ListResourceTemplatesResult',
  'resources/read': 'ReadResourceResult',
  'resources/subscribe': 'EmptyResult',
  'resources/unsubscribe': 'EmptyResult',
  'prompts/list': 'ListPromptsResult',
  'prompts/get': 'GetPromptResult',
  'completion/complete': 'CompleteResult',
  'logging/setLevel': 'EmptyResult',
};

const notifications: Readonly<Record<string, string>> = {
  'notifications/cancelled': 'CancelledNotification',
  'notifications/progress': 'ProgressNotification',
  'notifications/message': 'LoggingMessageNotification',
  'notifications/resources/updated': 'ResourceUpdatedNotification',
  'notifications/resources/list_changed': 'ResourceListChangedNotification',
  'notifications/tools/list_changed': 'ToolListChangedNotification',
  'notifications/prompts/list_changed': 'PromptListChangedNotification',
  'notifications/subscriptions/acknowledged': 'SubscriptionsAcknowledgedNotification',
};

const requests: Readonly<Record<string, string>> = {
  'sampling/createMessage': 'CreateMessageRequest',
  'roots/list': 'ListRootsRequest',
  'elicitation/create': 'ElicitRequest',
};

/** Errors whose whole frame the modern schema describes. */
const modernErrors: Readonly<Record<number, string>> = {
  [-32021]: 'MissingRequiredClientCapabilityError',
  [-32022]: 'UnsupportedProtocolVersionError',
};

/** MCP 2026-07-28, basic, "Error Codes": no other number of JSON-RPC's reserved range may be sent. */
const modernNumbers = [-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022];

interface Asked {
  readonly method: unknown;
  readonly isModern: boolean;
}

/** Follows one connection and judges each frame of the server by the schema of the revision in force for it. */
export class WireAudit {
  private readonly asked = new Map<unknown, Asked[]>();
  private readonly modernIds = new Set<unknown>();
  private readonly modernTokens = new Set<unknown>();
  /** The revision that the last answered `initialize` agreed on. */
  private session: string | undefined;

  /** Takes note of a line that the client sent; one that is no JSON asks nothing. */
  sent(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      return;
    }
    for (const member of Array.isArray(message) ? message : [message]) this.note(member);
  }

  /** @throws Error that says what is wrong with the frame */
  received(frame: unknown): void {
    const problem = Array.isArray(frame) ? this.batchProblem(frame) : this.frameProblem(frame);
    if (problem !== undefined)
      throw new Error(`Expected a valid frame, got ${problem}\n${JSON.stringify(frame).slice(0, 2000)}`);
  }

  private note(message: unknown): void {
    if (!isJsonObject(message) || message['id'] === undefined || message['id'] === null) return;
    const { id, method } = message;
    const meta = metaOf(message);
    const isModern = `${META}protocolVersion` in meta;
    if (isModern) this.modernIds.add(id);
    if (isModern) this.modernTokens.add(meta['progressToken']);
    this.asked.set(id, [...(this.asked.get(id) ?? []), { method, isModern }]);
  }

  private batchProblem(members: readonly unknown[]): string | undefined {
    if (members.length === 0) return 'an empty batch';
    if (this.session === undefined || this.session > '2025-03-26')
      return `a batch in ${this.session ?? 'no'} session`;
    for (const member of members) {
      const problem = this.frameProblem(member);
      if (problem !== undefined) return problem;
    }
    const known = members.filter((member) => isJsonObject(member) && 'id' in member);
    return defines(this.session, 'JSONRPCBatchResponse')
      ? schemaProblem(this.session, 'JSONRPCBatchResponse', known)
      : undefined;
  }

  private frameProblem(frame: unknown): string | undefined {
    if (!isJsonObject(frame)) return 'no object';
    if (frame['method'] === undefined) return this.responseProblem(frame);
    return frame['id'] === undefined ? this.notificationProblem(frame) : this.requestProblem(frame);
  }

  private responseProblem(frame: JsonObject): string | undefined {
    if (frame['id'] === undefined) return this.idlessProblem(frame);
    const asked = this.asked.get(frame['id'])?.shift();
    if (!asked) return 'an answer that nobody waits for';
    if (frame['error'] !== undefined) return this.errorProblem(frame, asked);
    return this.resultProblem(frame, asked);
  }

  /** The three oldest schemas know no error without an id: the next one judges for them. */
  private idlessProblem(frame: JsonObject): string | undefined {
    const revision = this.session === undefined ? MODERN : LATEST_LEGACY;
    return schemaProblem(revision, 'JSONRPCErrorResponse', frame);
  }

  private errorProblem(frame: JsonObject, { isModern }: Asked): string | undefined {
    if (!isModern) {
      const revision = this.session ?? LATEST_LEGACY;
      const name = defines(revision, 'JSONRPCError') ? 'JSONRPCError' : 'JSONRPCErrorResponse';
      return schemaProblem(revision, name, frame);
    }
    const { code } = frame['error'] as { code: number };
    if (!modernNumbers.includes(code)) return `an error ${code}, which revision ${MODERN} does not allow`;
    return schemaProblem(MODERN, modernErrors[code] ?? 'JSONRPCErrorResponse', frame);
  }

  private resultProblem(frame: JsonObject, { method, isModern }: Asked): string | undefined {
    const result = frame['result'];
    const name = Object.hasOwn(results, String(method)) ? results[String(method)] : undefined;
    if (name === undefined || !isJsonObject(result)) return `a result of "${method}"`;
    if (method === 'initialize') this.session = String(result['protocolVersion']);
    const revision = isModern ? MODERN : (this.session ?? LATEST_LEGACY);
    const response = defines(revision, 'JSONRPCResultResponse') ? 'JSONRPCResultResponse' : 'JSONRPCResponse';
    const isQuestion = isModern && result['resultType'] === 'input_required';
    return (
      schemaProblem(revision, response, frame) ??
      schemaProblem(revision, isQuestion ? 'InputRequiredResult' : name, result)
    );
  }

  private notificationProblem(frame: JsonObject): string | undefined {
    const name = notifications[String(frame['method'])];
    if (name === undefined) return 'a notification that no revision knows';
    const revision = this.revisionOf(frame);
    return schemaProblem(revision, 'JSONRPCNotification', frame) ?? schemaProblem(revision, name, frame);
  }

  private revisionOf(notification: JsonObject): string {
    const params = isJsonObject(notification['params']) ? notification['params'] : {};
    const isModern =
      `${META}subscriptionId` in metaOf(notification) ||
      (params['progressToken'] !== undefined && this.modernTokens.has(params['progressToken'])) ||
      this.modernIds.has(params['requestId']);
    return isModern ? MODERN : (this.session ?? MODERN);
  }

  private requestProblem(frame: JsonObject): string | undefined {
    if (this.session === undefined) return 'a request to a client that has no session';
    const name = requests[String(frame['method'])];
    if (name === undefined) return 'a request that no revision knows';
    return schemaProblem(this.session, 'JSONRPCRequest', frame) ?? schemaProblem(this.session, name, frame);
  }
}

function metaOf({ params }: JsonObject): JsonObject {
  const meta = isJsonObject(params) ? params['_meta'] : undefined;
  return isJsonObject(meta) ? meta : {};
}
