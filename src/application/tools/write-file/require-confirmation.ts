import {
  describeOverwrite,
  type OverwriteToApprove,
} from '../../../domain/policy/approvals/overwrite-question.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { RequestContext } from '../../request-context.ts';
import { type Approval, askApproval } from '../approval.ts';

/**
 * Asks the user, through the client, whether a file may be overwritten.
 * @param look looks at the file: before the question, and after the answer, which can take minutes
 * @throws DomainError `file.not-confirmed` unless the user says yes, `approval.outdated` where the file is no longer what was shown
 */
export async function requireConfirmation(
  look: () => Promise<OverwriteToApprove>,
  context: RequestContext,
): Promise<void> {
  const before = await look();
  const approval = await askApproval(() => describeOverwrite(before), context);
  if (approval !== 'given') throw new DomainError('file.not-confirmed', 'forbidden', reasons[approval]);
  const { state, change } = await look();
  if (state === before.state && change === before.change) return;
  throw new DomainError(
    'approval.outdated',
    'conflict',
    `"${before.path}" has changed since the user was asked; nothing was written. Read it again, and write what should be in it now`,
  );
}

const reasons: Readonly<Record<Exclude<Approval, 'given'>, string>> = {
  declined: 'The user declined to have this file overwritten; nothing was written',
  unanswered: 'The user did not answer whether this file may be overwritten; nothing was written',
  'nobody-to-ask':
    'Overwriting a file needs the approval of the user here (security.confirm_overwrite), and this client can’t be asked: it does not offer elicitation; write to a path that does not exist yet',
};
