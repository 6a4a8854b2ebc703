import { transcriptOf } from '../../../application/conversations/own-conversation.ts';
import type { WholeConversation } from '../../../application/queries/read-conversations.ts';
import type { Conversation } from '../../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../../domain/conversation/conversation-events.ts';
import type { ConversationSummary } from '../../../domain/conversation/conversation-summary.ts';
import { totalTokens } from '../../../domain/conversation/usage.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { describeConversation } from '../chat/chat-text.ts';
import type { ConversationsInvocation } from '../command-line/invocation.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellWarning } from '../failures/messages.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { Archive, CliServices } from '../services.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { printJson } from '../terminal/json-output.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';

const ACTIONS = ['list', 'show', 'export', 'delete'];

/** Characters of an id's beginning that stand for it. */
const SHORTEST_BEGINNING = 6;

/** More conversations than there can be, and those that are named where several are meant. */
const ALL = 2 ** 31 - 1;
const MOST_NAMED = 10;

/** More than anybody reads, or a program asks for at once. */
const MOST_LISTED = 10_000;

/** Administers the conversations that are kept. @throws UsageError, InvalidConfiguration, and DomainError as the store */
export async function conversations(
  invocation: ConversationsInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  requireFitting(invocation);
  const archive = await services.archive(invocation.request);
  if ('problems' in archive) throw new InvalidConfiguration(archive);
  try {
    await run(invocation, archive, terminal);
    return exitCodes.done;
  } finally {
    await archive.close();
  }
}

function requireFitting({ action, id, json }: ConversationsInvocation): void {
  if (!ACTIONS.includes(action))
    throw usage(
      `Expected one of ${ACTIONS.join(', ')} after "conversations", got "${action}"${suggestionOf(action, ACTIONS)}`,
    );
  if (action !== 'list' && id === undefined)
    throw usage(`Expected ID after "conversations ${action}", got nothing`);
  if (action === 'list' && id !== undefined)
    throw usage(`Expected nothing after "conversations list", got "${id}"`);
  if (action !== 'list' && json)
    throw usage('Option --json goes with "conversations list"; "conversations export" prints JSON by itself');
}

async function run(
  { action, id: named = '', json }: ConversationsInvocation,
  archive: Archive,
  terminal: Terminal,
): Promise<void> {
  if (action === 'list') return await list(archive, json, terminal);
  const found = await find(archive, named);
  switch (action) {
    case 'show':
      return terminal.print(describeConversation(await whole(archive, found), terminal));
    case 'export':
      return printJson(await whole(archive, found), terminal);
    default: {
      const { id } = found;
      if (!(await archive.deleteConversation(id))) throw notFound(archive, id);
      terminal.tell(`Deleted ${id}, and what was said in it`);
      if (!(await archive.purge()))
        tellWarning(
          'Another process uses the file: its text can stay in it for a while, unreachable',
          terminal,
        );
      for (const copy of await archive.copiesWith(id))
        tellWarning(`It is still in ${copy}: delete that, too, unless you need it`, terminal);
    }
  }
}

async function list(
  { conversations: kept, keepsConversations }: Archive,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const found = await kept.list(undefined, MOST_LISTED);
  if (json) printJson(found, terminal);
  else if (found.length === 0) terminal.tell('There is no conversation');
  else terminal.print(table(found, terminal));
  if (keepsConversations) return;
  const older = found.length === 0 ? '' : '; these were kept before, and stay until you delete them';
  terminal.tell(`${NOT_KEPT}${older}`);
}

const NOT_KEPT =
  'Conversations are in the memory of their server only, until it ends (database.keep_conversations is false)';

/** The conversation of this id, or the one whose id begins so. */
async function find(archive: Archive, named: string): Promise<Conversation> {
  const { conversations: kept } = archive;
  const found = await kept.find(named as ConversationId);
  if (found !== undefined) return found;
  if (named.length < SHORTEST_BEGINNING) throw notFound(archive, named);
  const all = await kept.list(undefined, ALL);
  const [id, ...others] = all.map((one) => one.id).filter((one) => one.startsWith(named));
  if (others.length > 0) throw ambiguous(named, [id as string, ...others]);
  const only = id && (await kept.find(id));
  if (only === undefined) throw notFound(archive, named);
  return only;
}

async function whole(
  { conversations: kept }: Archive,
  conversation: Conversation,
): Promise<WholeConversation> {
  return { ...conversation.snapshot(), messages: await transcriptOf(kept, conversation) };
}

function table(found: readonly ConversationSummary[], terminal: Terminal): string {
  const rows = found.map(({ id, owner, updatedAt, messageCount, usage, model, title }) => [
    id,
    updatedAt,
    showable(owner, terminal),
    String(messageCount),
    String(totalTokens(usage)),
    showable(model, terminal),
    showable(title, terminal),
  ]);
  const headings = ['ID', 'CHANGED', 'OWNER', 'MESSAGES', 'TOKENS', 'MODEL', 'TITLE'];
  const [heading = '', ...lines] = alignColumns([headings, ...rows]);
  return [terminal.paint('bold', heading), ...lines].join('\n');
}

const usage = (message: string) => new UsageError(message, { command: 'conversations' });

function ambiguous(named: string, ids: readonly string[]): DomainError {
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : '';
  return new DomainError(
    'conversation.ambiguous',
    'invalid',
    `Several conversations begin with "${named}", give more of the id: ${ids.slice(0, MOST_NAMED).join(', ')}${more}`,
  );
}

const notFound = ({ keepsConversations }: Archive, id: string) =>
  new DomainError(
    'conversation.not-found',
    'not-found',
    `There is no conversation "${id.slice(0, 80)}"; "tfo-mcp conversations list" shows those that there are${keepsConversations ? '' : `. ${NOT_KEPT}`}`,
  );
