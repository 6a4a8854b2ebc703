import type { FileTree } from '../../../application/ports/file-tree.ts';
import type { Files, OpenFile } from '../../../application/ports/files.ts';
import type { Span, Tracer } from '../../../application/ports/telemetry.ts';
import { errorType, withinSpan } from './within-span.ts';

/** Tells each file that is read or written by a span, from its opening to its end, without its path. */
export function tracedFiles(files: Files, tracer: Tracer): Files {
  return {
    open: async (...call) => {
      const span = tracer.start({ name: 'read file', kind: 'internal', parent: tracer.current() });
      try {
        return untilClosed(await files.open(...call), span);
      } catch (error) {
        span.fail(errorType(error));
        span.end();
        throw error;
      }
    },
    write: async (...call) =>
      await withinSpan(tracer, { name: 'write file', kind: 'internal' }, async (span) => {
        const report = await files.write(...call);
        span.set({ 'file.size': report.bytesWritten });
        return report;
      }),
    directory: async (...call) => await files.directory(...call),
    watch: async (...call) => await files.watch(...call),
  };
}

function untilClosed(file: OpenFile, span: Span): OpenFile {
  span.set({ 'file.size': file.size });
  const { path, size, modified, isSparse } = file;
  return {
    path,
    size,
    modified,
    ...(isSparse !== undefined && { isSparse }),
    chunks: (start) => file.chunks(start),
    close: async () => {
      await file.close().finally(() => span.end());
    },
  };
}

/** Tells each list and search by a span, without paths and patterns. */
export function tracedFileTree(tree: FileTree, tracer: Tracer): FileTree {
  return {
    list: async (request, grant, signal) =>
      await withinSpan(tracer, { name: 'list directory', kind: 'internal', signal }, async (span) => {
        const listing = await tree.list(request, grant, signal);
        span.set({ 'tfo_mcp.entries': listing.entries.length });
        return listing;
      }),
    search: async (request, grant, signal) =>
      await withinSpan(tracer, { name: 'search files', kind: 'internal', signal }, async (span) => {
        const report = await tree.search(request, grant, signal);
        span.set({ 'tfo_mcp.matches': report.matches.length });
        return report;
      }),
    complete: async (...call) => await tree.complete(...call),
  };
}
