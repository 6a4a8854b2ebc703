import type { IncomingHttpHeaders } from 'node:http';
import { modelNames } from '../../src/infrastructure/claude/model-table.ts';
import type { Frame } from './server-process.ts';

/** The key that the server takes. */
export const TEST_API_KEY = 'sk-ant-api03-test-only-0123456789abcdef';

/** A refusal of the API: its status and error type, and what is wrong. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const refuse = (message: string, status = 400, type = 'invalid_request_error'): Refusal => ({
  status,
  type,
  message,
});

const bodyKeys = new Set(
  'model max_tokens messages system stream temperature top_p top_k stop_sequences metadata thinking tools tool_choice'.split(
    ' ',
  ),
);

/** Judges headers as the API does; undefined when nothing is wrong. */
export function judgeHeaders(headers: IncomingHttpHeaders): Refusal | undefined {
  const key = headers['x-api-key'] ?? /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (key !== TEST_API_KEY) return refuse('invalid x-api-key', 401, 'authentication_error');
  if (!/^\d{4}-\d\d-\d\d$/.test(String(headers['anthropic-version'])))
    return refuse('anthropic-version: header is required');
  return undefined;
}

/** Judges a body of `POST /v1/messages`, or of its `count_tokens`, which has no `max_tokens`. */
export function judgeBody(headers: IncomingHttpHeaders, body: Frame, counts: boolean): Refusal | undefined {
  if (!headers['content-type']?.startsWith('application/json')) return refuse('content-type: must be JSON');
  for (const key of Object.keys(body)) {
    if (!bodyKeys.has(key)) return refuse(`${key}: Extra inputs are not permitted`);
  }
  if (typeof body.model !== 'string' || body.model === '') return refuse('model: Field required');
  if (!modelNames.includes(body.model)) return refuse(`model: ${body.model}`, 404, 'not_found_error');
  if (!counts && !(Number.isInteger(body.max_tokens) && body.max_tokens > 0))
    return refuse('max_tokens: Input should be greater than or equal to 1');
  if (body.temperature !== undefined && !(body.temperature >= 0 && body.temperature <= 1))
    return refuse('temperature: range: 0..1');
  return judgeSystem(body.system) ?? judgeMessages(body.messages) ?? judgeMarks(body);
}

function judgeSystem(system: Frame): Refusal | undefined {
  if (system === undefined || (typeof system === 'string' && system !== '')) return undefined;
  if (!Array.isArray(system)) return refuse('system: Input should be a valid list');
  for (const [at, block] of system.entries()) {
    if (block.type !== 'text') return refuse(`system.${at}.type: Input should be 'text'`);
    if (!hasText(block.text)) return refuse('system: text content blocks must be non-empty');
  }
  return undefined;
}

/** Stricter than the API in one thing: it would join two messages of one role. */
function judgeMessages(messages: Frame): Refusal | undefined {
  if (!Array.isArray(messages) || messages.length === 0)
    return refuse('messages: at least one message is required');
  for (const [at, { role, content }] of messages.entries()) {
    if (role !== (at % 2 === 0 ? 'user' : 'assistant'))
      return refuse(`messages.${at}: roles must alternate between "user" and "assistant"`);
    const refusal = judgeContent(
      `messages.${at}`,
      role,
      typeof content === 'string' ? [text(content)] : content,
    );
    if (refusal) return refusal;
  }
  if (messages.length % 2 === 0) return refuse('messages: the final message must be from the user');
  return judgeToolResults(messages);
}

const text = (value: string) => ({ type: 'text', text: value });

function judgeContent(where: string, role: string, content: Frame): Refusal | undefined {
  if (!Array.isArray(content) || content.length === 0)
    return refuse(`${where}: all messages must have non-empty content`);
  const types =
    role === 'user'
      ? ['text', 'image', 'tool_result']
      : ['text', 'tool_use', 'thinking', 'redacted_thinking'];
  for (const block of content) {
    if (!types.includes(block.type))
      return refuse(`${where}: Input tag '${block.type}' is not one of ${types.join(', ')}`);
    if (block.type === 'text' && !hasText(block.text))
      return refuse(`${where}: text content blocks must contain non-whitespace text`);
    if (block.type === 'thinking' && !hasText(block.signature))
      return refuse(`${where}: thinking.signature: Field required`);
    if (block.type === 'image' && !(hasText(block.source?.data) && hasText(block.source?.media_type)))
      return refuse(`${where}: image.source: Field required`);
    if ((block.type === 'thinking' || block.type === 'redacted_thinking') && block.cache_control)
      return refuse(`${where}: cache_control cannot be set for thinking blocks`);
  }
  return undefined;
}

function judgeToolResults(messages: readonly Frame[]): Refusal | undefined {
  for (const [at, { role, content }] of messages.entries()) {
    if (role !== 'assistant' || typeof content === 'string') continue;
    const next = messages[at + 1].content;
    for (const { type, id } of content) {
      if (type !== 'tool_use') continue;
      if (!Array.isArray(next) || !next.some((block) => block.tool_use_id === id))
        return refuse(`messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks: ${id}`);
    }
  }
  return undefined;
}

function judgeMarks(body: Frame): Refusal | undefined {
  const marks = JSON.stringify(body).split('"cache_control":').length - 1;
  return marks > 4
    ? refuse(`A maximum of 4 blocks with cache_control may be provided. Found ${marks}`)
    : undefined;
}

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
