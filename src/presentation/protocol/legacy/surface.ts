import { CAPABILITY_MISSING } from '../../../application/asking.ts';
import { andThen, orElse } from '../../../application/eventual.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { errorResult } from '../../../domain/tool/tool-result.ts';
import { optionalObject, optionalStrings, requireString } from '../params.ts';
import { decodeCompletion } from '../wire/decode-completion.ts';
import { encodeResourceContents } from '../wire/encode-content.ts';
import { encodeCompletion, encodePromptResult, encodeToolResult } from '../wire/encode-surface.ts';
import type { LegacyMethod } from './call.ts';

export const callTool: LegacyMethod = {
  needs: 'tools',
  run({ params, services, features, context }) {
    const message = { name: requireString(params, 'name'), arguments: optionalObject(params, 'arguments') };
    const result = orElse(
      () => services.application.commands.executeTool(message, context),
      explainMissingCapability,
    );
    return andThen(result, (finished) => encodeToolResult(finished, features));
  },
};

/** This era has no error number for it: the model is told. */
function explainMissingCapability(error: unknown) {
  if (error instanceof DomainError && error.code === CAPABILITY_MISSING) return errorResult(error.message);
  throw error;
}

export const readResource: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, features, context }) {
    const uri = requireString(params, 'uri');
    const { contents } = await services.application.queries.readResource({ uri }, context);
    return { contents: contents.map((content) => encodeResourceContents(content, features)) };
  },
};

export const getPrompt: LegacyMethod = {
  needs: 'prompts',
  async run({ params, services, features, context }) {
    const message = { name: requireString(params, 'name'), arguments: optionalStrings(params, 'arguments') };
    return encodePromptResult(await services.application.queries.getPrompt(message, context), features);
  },
};

export const completeArgument: LegacyMethod = {
  needs: 'completions',
  async run({ params, services, context }) {
    return encodeCompletion(
      await services.application.queries.completeArgument(decodeCompletion(params), context),
    );
  },
};
