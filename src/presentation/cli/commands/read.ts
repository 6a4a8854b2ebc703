import type { Application } from '../../../application/application.ts';
import type { ResourceReading } from '../../../application/queries/read-resource.ts';
import type { CallContext } from '../../../application/request-context.ts';
import { HEALTH_URI } from '../../../application/resources/health-resource.ts';
import type { ResourceContents } from '../../../domain/shared/content-block.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import { encodeResourceContents } from '../../protocol/wire/encode-content.ts';
import { terminalContext } from '../call/terminal-context.ts';
import type { ReadInvocation } from '../command-line/invocation.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellError, tellNotices } from '../failures/messages.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import { jsonShape, printJson } from '../terminal/json-output.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wholeSurface } from '../whole-surface.ts';

/** RFC 3986: a scheme, and something behind it. */
const URI = /^[a-z][a-z\d+.-]*:./i;

/**
 * Reads a resource through the same pipeline as a client's request.
 * @throws InvalidConfiguration, UsageError for a mistyped URI, DomainError for what can't be read
 */
export async function read(
  { request, json, uri }: ReadInvocation,
  services: CliServices,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const prepared = await requirePrepared(request, services);
  tellNotices(prepared.notices, terminal);
  const { application } = prepared;
  try {
    const context = terminalContext(prepared, terminal, interrupted);
    if (uri === HEALTH_URI) await prepared.openBackends();
    const { contents } = await readResource(application, uri, context);
    if (interrupted.aborted) return exitCodes.interrupted;
    if (json) {
      printJson({ contents: contents.map((one) => encodeResourceContents(one, jsonShape)) }, terminal);
      return exitCodes.done;
    }
    return contents.every((content) => printContents(content, terminal)) ? exitCodes.done : exitCodes.failed;
  } finally {
    await prepared.finish();
  }
}

/** Of a URI that leads nowhere, says what was probably meant. */
async function readResource(
  application: Application,
  uri: string,
  context: CallContext,
): Promise<ResourceReading> {
  try {
    return await application.queries.readResource({ uri }, context);
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.code !== 'resource.not-found') throw cause;
    const { resources, resourceTemplates } = await wholeSurface(application);
    const uris = resources.map((resource) => resource.uri);
    const hint = suggestionOf(uri, uris);
    if (hint === '' && URI.test(uri)) throw cause;
    const all = [...uris, ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)];
    const list = all.length === 0 ? 'there are none' : `there are ${all.join(', ')}`;
    throw new UsageError(`Unknown resource "${uri}"${hint || `; ${list}`}`, { command: 'read', cause });
  }
}

/** @returns whether it could be printed */
function printContents({ uri, mimeType, text, blob }: ResourceContents, terminal: Terminal): boolean {
  if (text !== undefined) {
    if (terminal.shown) terminal.print(showable(text, terminal));
    else terminal.printExactly(text);
    return true;
  }
  const bytes = Buffer.from(blob ?? '', 'base64');
  if (!terminal.shown) {
    terminal.printExactly(bytes);
    return true;
  }
  const what = `${mimeType ?? 'no known type'}, ${bytes.length} bytes`;
  tellError(
    `Expected text to show on a terminal, got "${uri}" (${what}); redirect it, or use --json`,
    terminal,
  );
  return false;
}
