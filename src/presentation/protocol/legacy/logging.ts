import { isLogLevel, logLevels } from '../../../domain/session/log-level.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { requireString } from '../params.ts';
import type { LegacyMethod } from './call.ts';

export const setLevel: LegacyMethod = {
  needs: 'logging',
  async run({ params, services, session, remember }) {
    const level = requireString(params, 'level');
    if (!isLogLevel(level)) {
      throw invalidParams(
        `Expected "level" to be one of ${logLevels.join(', ')}, got "${level.slice(0, 80)}"`,
      );
    }
    remember(await services.application.commands.setLogLevel({ sessionId: session.id, level }));
    return {};
  },
};
