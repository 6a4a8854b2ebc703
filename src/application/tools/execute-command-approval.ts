import { type CommandToApprove, describeCommand } from '../../domain/policy/command-question.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * Asks the user, through the client, whether a command may run.
 * @throws DomainError `command.refused` unless the user says yes
 */
export async function requireApproval(command: CommandToApprove, context: RequestContext): Promise<void> {
  if (!context.client.can('elicitation')) {
    throw refused(
      'Each command needs the approval of the user here (security.commands.policy is "ask"), and this client can’t be asked: it does not offer elicitation',
    );
  }
  const { approval } = await context.ask({
    approval: {
      kind: 'elicitation',
      message: describeCommand(command),
      requestedSchema: { type: 'object', properties: {} },
    },
  });
  if (approval.action === 'accept') return;
  throw refused(
    approval.action === 'decline'
      ? 'The user declined this command; nothing was run'
      : 'The user did not answer whether this command may run; nothing was run',
  );
}

const refused = (message: string) => new DomainError('command.refused', 'forbidden', message);
