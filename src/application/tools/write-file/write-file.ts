import * as v from 'valibot';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { structuredResult } from '../../../domain/tool/tool-result.ts';
import type { Files, WriteRequest } from '../../ports/files.ts';
import type { PathGrant, PathGrants } from '../../ports/path-grants.ts';
import type { TextDiff } from '../../ports/text-diff.ts';
import { filePath, flag } from '../arguments.ts';
import { defineTool } from '../define/define-tool.ts';
import { encodingArgument } from '../encoding-argument.ts';
import type { ToolLimits } from '../tool-limits.ts';
import { lookAtExisting } from './existing-text.ts';
import { previewWrite } from './preview-write.ts';
import { requireConfirmation } from './require-confirmation.ts';
import { encodeFor } from './text-to-write.ts';

const input = v.strictObject({
  path: filePath,
  content: v.pipe(v.string(), v.description('The whole content, or what to append')),
  create_dirs: flag('Make missing directories'),
  mode: v.optional(
    v.pipe(v.picklist(['overwrite', 'create', 'append']), v.description('create fails if it exists')),
    'overwrite',
  ),
  encoding: encodingArgument,
  dry_run: flag('Write nothing, return a diff'),
});

const output = v.strictObject({
  path: v.string(),
  bytes_written: v.number(),
  created: v.boolean(),
  atomic: v.boolean(),
  encoding: v.optional(v.string()),
  mark: v.optional(v.boolean()),
  line_ends: v.optional(v.string()),
  note: v.optional(v.string()),
  diff: v.optional(v.string()),
});

interface Dependencies {
  readonly files: Files;
  readonly grants: PathGrants;
  readonly textDiff: TextDiff;
  readonly limits: ToolLimits;
  /** True if the user is asked before a file is overwritten. */
  readonly confirmOverwrite: boolean;
}

export const writeFileTool = ({ files, grants, textDiff, limits, confirmOverwrite }: Dependencies) =>
  defineTool({
    name: 'write_file',
    title: 'Write file',
    description:
      'Writes a file whole (readers see the old content or the new), appends to it, or shows a diff.',
    category: 'file',
    tags: ['file', 'write'],
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    input,
    output,
    decisive: ['create_dirs', 'mode', 'dry_run'],
    handle: async ({ path, content, create_dirs, mode, encoding: label, dry_run }, context) => {
      const grant = await grants.of(context);
      const look = { whole: content.includes('\ufffd'), signal: context.signal };
      const existing = mode === 'create' ? undefined : await lookAtExisting(path, { files, grant }, look);
      requireFit(fewestBytes(content, label), limits.maxWriteBytes, ' or more'); // before anything is made of it
      const { bytes, encoding, told } = encodeFor({ path, content, mode, encoding: label }, existing);
      requireFit(bytes.length, limits.maxWriteBytes);
      const write = (request: Pick<WriteRequest, 'mode' | 'dryRun'>) =>
        files.write(
          { path, content: bytes, createDirectories: create_dirs, ...request },
          grant,
          context.signal,
        );
      const preview = (maxBytes: number) =>
        previewWrite(
          {
            path,
            existing: existing?.marked ?? encoding,
            encoding,
            isAppend: mode === 'append',
            content: bytes,
            maxBytes,
          },
          { files, textDiff, grant },
          context.signal,
        );
      const mustConfirm = confirmOverwrite && mode === 'overwrite' && !dry_run;
      const found = mustConfirm ? await write({ mode, dryRun: true }) : undefined;
      if (found && !found.created) {
        const lookAtChange = async () => ({
          path: found.path,
          bytes: bytes.length,
          state: await stateOf(path, { files, grant }),
          change: await preview(Number.POSITIVE_INFINITY),
        });
        await requireConfirmation(lookAtChange, context);
      }
      // A file that came to be since then is not overwritten unasked.
      const report = await write({ mode: found?.created ? 'create' : mode, dryRun: dry_run });
      return structuredResult({
        path: report.path,
        bytes_written: report.bytesWritten,
        created: report.created,
        atomic: report.atomic,
        ...told,
        ...(dry_run && { diff: await preview(limits.maxReadBytes) }),
      });
    },
  });

/** The size of a file, and when it was changed, in words. */
async function stateOf(
  path: string,
  { files, grant }: { readonly files: Files; readonly grant: PathGrant },
): Promise<string> {
  const file = await files.open(path, grant);
  await file.close();
  return `${file.size} bytes of ${file.modified}`;
}

/** No encoding has less than a byte for a UTF-16 unit, but base64, whose line ends are none. */
const fewestBytes = (content: string, label: string | undefined) =>
  label?.trim().toLowerCase() === 'base64' ? 0 : content.length;

/** @throws DomainError `file.too-large` */
function requireFit(length: number, most: number, more = ''): void {
  if (length <= most) return;
  throw new DomainError(
    'file.too-large',
    'exhausted',
    `Expected at most ${most} bytes of content (tools.max_write_bytes), got ${length}${more}; write it in parts with "mode": "append"`,
  );
}
