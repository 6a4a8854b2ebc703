import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame } from '../../server-process.ts';
import { chat } from './chat.ts';
import { gemini } from './gemini.ts';
import { messages } from './messages.ts';
import { responses } from './responses.ts';
import { nextStep, type Question, type Step } from './turns.ts';

/** One of the APIs that clients ask models by. */
export interface Dialect {
  readonly path: RegExp;
  /** Reads a request. */
  read(body: Frame): Question;
  /** Writes the answer, as one piece or as a stream. */
  write(step: Step, exchange: Exchange): void;
}

/** A request of a client, and the answer that is to be written. */
export interface Exchange {
  readonly path: string;
  readonly body: Frame;
  readonly response: ServerResponse;
}

const dialects: readonly Dialect[] = [messages, responses, chat, gemini];

/**
 * A model on a port of 127.0.0.1 that speaks Anthropic's Messages, OpenAI's Responses and Chat Completions, and Gemini. It does what
 * the user's words say (`scriptOf`), so that a client's whole loop runs without a network.
 */
export class FakeModel {
  readonly url: string;
  /** Names that have "tfo" in them: of tools that it may call, and of those that it is only told of. */
  readonly heardOf = new Set<string>();
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.handle(request, response));
  }

  /** Starts a model and resolves when it listens. */
  static async start(): Promise<FakeModel> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeModel(server);
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const body = await readJson(request);
    const dialect = dialects.find((one) => one.path.test(path));
    if (request.method !== 'POST' || dialect === undefined) return refuse(path, response);
    const question = dialect.read(body);
    const told = [...question.tools, JSON.stringify(body)].join('\n');
    for (const [name] of told.matchAll(/[\w-]*tfo[\w-]+/g)) this.heardOf.add(name);
    dialect.write(nextStep(question), { path, body, response });
  }
}

/** Tells clients that ask for anything else, such as a list of models, that there is none. */
function refuse(path: string, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { type: 'not_found_error', message: `Not found: ${path}` } }));
}

async function readJson(request: IncomingMessage): Promise<Frame> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  try {
    return JSON.parse(text);
  } catch {
    return {}; // nothing, or nothing that a model is asked with
  }
}
