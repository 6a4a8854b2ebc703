import * as v from 'valibot';
import { looksSecret } from '../../../../domain/policy/redact-urls.ts';
import { currentModel } from '../../../claude/model-table.ts';
import { standingOf, today } from '../../../claude/models.ts';
import { about } from '../setting-facts.ts';
import { seconds } from '../values/seconds.ts';
import { numberFrom, text, wholeNumber } from '../values/value-schemas.ts';

const API_KEY = 'an API key, without blanks';
const BASE_URL = 'an http or https URL, without user, query and fragment';

/** The older servers' files spell out the API's own defaults, and models that take no temperature refuse even that. */
const NOT_SENT = 'the API’s own default, is not sent, since not every model takes one';

const isRetired = (value: unknown) =>
  typeof value === 'string' && standingOf(value.trim(), today()) === 'retired';

export const claudeSection = v.strictObject({
  api_key: v.optional(
    v.pipe(
      v.string(API_KEY),
      v.trim(),
      v.check((key) => /^[\x21-\x7e]+$/.test(key), API_KEY),
      about(
        'Key of the Claude API, for `claude_conversation` and `tfo-mcp chat`; without one, the client’s ' +
          'own model is asked where the client offers that (sampling)',
        { secret: true, aliases: ['ANTHROPIC_API_KEY'] },
      ),
    ),
  ),
  api_key_file: v.optional(
    v.pipe(
      text(),
      about('File that holds `claude.api_key`, instead of the key itself', {
        holdsPaths: true,
        aliases: ['ANTHROPIC_API_KEY_FILE'],
      }),
    ),
  ),
  base_url: v.optional(
    v.pipe(
      v.string(BASE_URL),
      v.trim(),
      v.check(isBaseUrl, BASE_URL),
      about('Address of the API, or of a gateway or proxy that offers it', {
        holdsAddress: true,
        aliases: ['ANTHROPIC_BASE_URL'],
      }),
    ),
    'https://api.anthropic.com',
  ),
  default_model: v.optional(
    v.pipe(
      text(),
      // A key in the wrong line would be told to clients, and shown wherever models are.
      v.check((model) => !looksSecret(model), 'the name of a model'),
      v.transform((model) => (isRetired(model) ? currentModel : model)),
      about('Model that answers if the call names none', {
        notice: (value) =>
          isRetired(value) ? `means "${currentModel}", since that model is retired` : undefined,
      }),
    ),
    currentModel,
  ),
  max_tokens: v.optional(
    v.pipe(wholeNumber(1, 1_000_000), about('Tokens of one answer, where the call gives no limit')),
    4096,
  ),
  temperature: v.optional(
    v.pipe(
      // The older servers take up to 2; the API never did.
      numberFrom(0, 2),
      v.transform((temperature) => Math.min(temperature, 1)),
      about(`How varied answers are, from 0 to 1, where the call doesn’t say; 1, ${NOT_SENT}`, {
        notice: (value) =>
          typeof value === 'number' && value > 1 ? 'means 1, the most there is' : undefined,
      }),
    ),
    1,
  ),
  top_p: v.optional(
    v.pipe(numberFrom(0, 1), about(`Share of the likeliest words that are chosen from; 1, ${NOT_SENT}`)),
    1,
  ),
  top_k: v.optional(
    v.pipe(
      wholeNumber(0, 1_000_000),
      about(`How many of the likeliest words are chosen from; 0, ${NOT_SENT}`),
    ),
    0,
  ),
  timeout: v.optional(
    v.pipe(seconds(1, 86_400), about('How long one answer may take, retries included', { unit: 'seconds' })),
    120,
  ),
  max_retries: v.optional(
    v.pipe(wholeNumber(0, 10), about('How often a failed call is tried again, if that can help')),
    3,
  ),
  max_conversations: v.optional(
    v.pipe(
      wholeNumber(1, 100_000),
      about(
        'Conversations that are kept where they are in memory (`database.driver`, `database.keep_conversations`); the one unused for longest is forgotten first',
      ),
    ),
    100,
  ),
  max_messages: v.optional(
    v.pipe(wholeNumber(2, 100_000), about('Messages of one conversation, questions and answers together')),
    1000,
  ),
  max_conversation_tokens: v.optional(
    v.pipe(
      wholeNumber(1, 1_000_000_000),
      about('Tokens that one conversation may use in all; once it has, it takes no more messages'),
    ),
    20_000_000,
  ),
});

function isBaseUrl(base: string): boolean {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return false;
  return [url.username, url.password, url.search, url.hash].every((part) => part === '');
}
