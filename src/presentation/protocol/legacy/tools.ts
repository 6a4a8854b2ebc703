import { CAPABILITY_MISSING } from '../../../application/asking.ts';
import { andThen, orElse } from '../../../application/eventual.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { errorResult } from '../../../domain/tool/tool-result.ts';
import { optionalObject, requireString } from '../params.ts';
import { encodeToolResult } from '../wire/encode-surface.ts';
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
