import { DomainError } from '../../domain/shared/domain-error.ts';
import type { Claude } from '../ports/claude.ts';
import type { Logger } from '../ports/logger.ts';
import { answerByClaude } from './answer-by-claude.ts';
import { answerByClient } from './answer-by-client.ts';
import type { LanguageModel } from './language-model.ts';

/** The API where there is a key, else the model of a client that offers it. @throws DomainError `claude.not-configured` */
export function chooseLanguageModel(claude: Claude | undefined, logger: Logger): LanguageModel {
  if (claude !== undefined) return answerByClaude(claude, logger);
  return async (request, options, context) => {
    if (!context.client.can('sampling')) throw notConfigured();
    return await answerByClient(request, options, context);
  };
}

function notConfigured(): DomainError {
  return new DomainError(
    'claude.not-configured',
    'unavailable',
    'There is no API key for Claude, and this client offers no model of its own (sampling): set ANTHROPIC_API_KEY in the "env" of this server’s entry in the client, or claude.api_key_file in tfo-mcp.yaml',
  );
}
