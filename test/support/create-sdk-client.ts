import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Frame } from './server-process.ts';

/** The official TypeScript clients; SDK v2 in each of its modes of version negotiation. */
export const clientNames = ['SDK v1', 'SDK v2 legacy', 'SDK v2 auto', 'SDK v2 pinned'] as const;

export type ClientName = (typeof clientNames)[number];

/** Answers of the client's user, model or editor, by the method that asks; gets the params of the question. */
export type Answers = Readonly<
  Partial<
    Record<'elicitation/create' | 'sampling/createMessage' | 'roots/list', (params: Frame) => Promise<Frame>>
  >
>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: Frame) => void;
}

/** The client's abilities for the server. */
export interface ClientOffer {
  readonly capabilities: object;
  readonly answers: Answers;
}

/** The way in which the client starts its server. */
export interface Started {
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly stderr: 'pipe';
}

/** An official client that isn't connected yet, and what SDK v1 and v2 don't have in common. */
export function createSdkClient(name: ClientName, offer: ClientOffer) {
  return name === 'SDK v1' ? createV1(offer) : createV2(name, offer);
}

/** Starts a server of the client's own. */
export const createStdioTransport = (name: ClientName, started: Started) =>
  name === 'SDK v1' ? new StdioV1(started) : new StdioV2(started);

const clientInfo = { name: 'test', version: '1.0.0' };

function createV1({ capabilities, answers }: ClientOffer) {
  const client = new ClientV1(clientInfo, { capabilities });
  const schemas = {
    'elicitation/create': ElicitRequestSchema,
    'sampling/createMessage': CreateMessageRequestSchema,
    'roots/list': ListRootsRequestSchema,
  };
  for (const [method, answer] of entriesOf(answers)) {
    client.setRequestHandler(schemas[method], ({ params }) => answer(params));
  }
  return {
    client,
    v2: undefined,
    callTool: (params: Frame, options: CallOptions): Promise<Frame> =>
      client.callTool(params, undefined, options),
  };
}

const modes = {
  'SDK v2 legacy': 'legacy',
  'SDK v2 auto': 'auto',
  'SDK v2 pinned': { pin: '2026-07-28' },
} as const;

function createV2(name: keyof typeof modes, { capabilities, answers }: ClientOffer) {
  const client = new ClientV2(clientInfo, { capabilities, versionNegotiation: { mode: modes[name] } });
  for (const [method, answer] of entriesOf(answers)) {
    client.setRequestHandler(method, ({ params }: Frame) => answer(params));
  }
  return {
    client,
    v2: client,
    callTool: (params: Frame, options: CallOptions): Promise<Frame> => client.callTool(params, options),
  };
}

const entriesOf = (answers: Answers) =>
  Object.entries(answers) as [keyof Answers, (params: Frame) => Promise<Frame>][];
