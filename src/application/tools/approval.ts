import type { RequestContext } from '../request-context.ts';

/** The user's answer to a question for a yes. */
export type Approval = 'given' | 'declined' | 'unanswered' | 'nobody-to-ask';

/** Asks the user, through the client, to approve of something. @param describe all of it; called where there is someone to ask */
export async function askApproval(describe: () => string, context: RequestContext): Promise<Approval> {
  if (!context.client.can('elicitation')) return 'nobody-to-ask';
  const { approval } = await context.ask({ approval: { kind: 'approval', message: describe() } });
  if (approval.action === 'accept') return 'given';
  return approval.action === 'decline' ? 'declined' : 'unanswered';
}
