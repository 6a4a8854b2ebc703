import { type CommandToApprove, describeCommand } from '../../../domain/policy/approvals/command-question.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { RequestContext } from '../../request-context.ts';
import { type Approval, askApproval } from '../approval.ts';

/**
 * Asks the user, through the client, whether a command may run.
 * @throws DomainError `command.refused` unless the user says yes; `approval.too-long`
 */
export async function requireApproval(command: CommandToApprove, context: RequestContext): Promise<void> {
  const approval = await askApproval(() => describeCommand(command), context);
  if (approval !== 'given') throw new DomainError('command.refused', 'forbidden', reasons[approval]);
}

const reasons: Readonly<Record<Exclude<Approval, 'given'>, string>> = {
  declined: 'The user declined this command; nothing was run',
  unanswered: 'The user did not answer whether this command may run; nothing was run',
  'nobody-to-ask':
    'Each command needs the approval of the user here (security.commands.policy is "ask"), and this client can’t be asked: it does not offer elicitation',
};
