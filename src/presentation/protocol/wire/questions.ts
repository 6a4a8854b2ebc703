import type { Answer, Question } from '../../../application/asking.ts';
import { capabilityMissing, type Questions } from '../../../application/asking.ts';
import type { Client, ClientCapability } from '../../../application/request-context.ts';
import { isJsonObject, type JsonObject, objectOf } from '../../../domain/shared/json.ts';
import type { Features } from '../revisions.ts';
import { dropAbsent, encodeContent } from './encode-content.ts';

const needed: Readonly<
  Record<Question['kind'], { capability: ClientCapability; declaration: Record<string, JsonObject> }>
> = {
  approval: { capability: 'elicitation', declaration: { elicitation: { form: {} } } },
  elicitation: { capability: 'elicitation', declaration: { elicitation: { form: {} } } },
  'url-elicitation': { capability: 'elicitation.url', declaration: { elicitation: { url: {} } } },
  sampling: { capability: 'sampling', declaration: { sampling: {} } },
  roots: { capability: 'roots', declaration: { roots: {} } },
};

/** @throws DomainError `client.capability-missing` unless the client can be asked all of them */
export function requireCapabilities(questions: Questions, client: Client): void {
  const missing = Object.values(questions)
    .map(({ kind }) => needed[kind])
    .filter(({ capability }) => !client.can(capability))
    .flatMap(({ declaration }) => Object.entries(declaration));
  if (missing.length === 0) return;
  const required: Record<string, JsonObject> = {};
  for (const [name, parts] of missing) required[name] = { ...required[name], ...parts };
  throw capabilityMissing(required);
}

/** A question as a request to the client. */
export function encodeQuestion(
  question: Question,
  features: Features,
): { method: string; params: JsonObject } {
  switch (question.kind) {
    case 'approval':
      return encodeForm(question.message, { type: 'object', properties: {} }, features);
    case 'elicitation':
      return encodeForm(question.message, question.requestedSchema, features);
    case 'url-elicitation': {
      const { message, url, elicitationId } = question;
      return {
        method: 'elicitation/create',
        params: { mode: 'url', message, url, ...(features.era === 'legacy' && { elicitationId }) },
      };
    }
    case 'sampling': {
      const messages = question.messages.map(({ role, content }) => ({
        role,
        content: encodeContent(content, features),
      }));
      const { maxTokens, systemPrompt, temperature, modelHint } = question;
      const modelPreferences = modelHint === undefined ? undefined : { hints: [{ name: modelHint }] };
      return {
        method: 'sampling/createMessage',
        params: dropAbsent({ messages, maxTokens, systemPrompt, temperature, modelPreferences }),
      };
    }
    case 'roots':
      return { method: 'roots/list', params: {} };
  }
}

const encodeForm = (message: string, requestedSchema: JsonObject, features: Features) => ({
  method: 'elicitation/create',
  params: { ...(features.urlElicitation && { mode: 'form' }), message, requestedSchema },
});

/** The client's answer, or undefined when it has not the shape that the question asks for. */
export function decodeAnswer<Asked extends Question>(
  question: Asked,
  answer: unknown,
): Answer<Asked> | undefined {
  const read = isJsonObject(answer) ? withForm(question.kind, answer) : undefined;
  return read !== undefined && fits(question.kind, read) ? (read as unknown as Answer<Asked>) : undefined;
}

/** The answer with its form as it is meant: null is left out, and an empty array an empty object. */
function withForm(kind: Question['kind'], answer: JsonObject): JsonObject {
  const { content, ...rest } = answer;
  if (kind === 'sampling' || kind === 'roots' || (content !== null && !Array.isArray(content))) return answer;
  return content === null ? rest : { ...rest, content: objectOf(content) ?? content };
}

/** The members of an answer to each kind of question, in words. */
export const answerShapes: Readonly<Record<Question['kind'], string>> = {
  approval: 'an "action" (accept, decline or cancel) and no content',
  elicitation: 'an "action" (accept, decline or cancel) and, if any, an object as "content"',
  'url-elicitation': 'an "action" (accept, decline or cancel)',
  sampling: 'a "role", a "model", a "content" of objects and, if any, a string as "stopReason"',
  roots: '"roots", each with a "uri"',
};

function fits(kind: Question['kind'], answer: JsonObject): boolean {
  switch (kind) {
    case 'approval':
      return isElicitationAction(answer['action']) && saysNothingElse(answer['content']);
    case 'elicitation':
    case 'url-elicitation':
      return (
        isElicitationAction(answer['action']) &&
        (answer['content'] === undefined || isJsonObject(answer['content']))
      );
    case 'sampling':
      return (
        ['user', 'assistant'].includes(answer['role'] as string) &&
        typeof answer['model'] === 'string' &&
        [answer['content']].flat().every(isJsonObject) &&
        ['string', 'undefined'].includes(typeof (answer['stopReason'] ?? undefined))
      );
    case 'roots':
      return (
        Array.isArray(answer['roots']) &&
        answer['roots'].every((root) => isJsonObject(root) && typeof root['uri'] === 'string')
      );
  }
}

const isElicitationAction = (action: unknown) => ['accept', 'decline', 'cancel'].includes(action as string);

/** The form was empty. Whatever is filled in where nothing was asked may mean no: `{ "approve": false }`. */
const saysNothingElse = (content: unknown) =>
  content === undefined || (isJsonObject(content) && Object.keys(content).length === 0);
