import type { PathPlatform } from '../../domain/policy/paths/path-platform.ts';
import { isFileUri, pathOfFileUri } from '../../domain/resource/file-uri.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { FileTree } from '../ports/file-tree.ts';
import type { Files } from '../ports/files.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import type { RequestContext } from '../request-context.ts';
import type { ToolLimits } from '../tools/tool-limits.ts';
import type { ResourceTemplateDefinition } from './define-resource.ts';
import { resourceNotFound } from './resource-registries.ts';

interface Dependencies {
  readonly files: Files;
  readonly tree: Pick<FileTree, 'complete'>;
  readonly grants: PathGrants;
  readonly limits: Pick<ToolLimits, 'maxReadBytes' | 'maxImageBytes'>;
  readonly platform: PathPlatform;
}

/** The files that the tools may read, under the same path policy. */
export function fileResource(dependencies: Dependencies): ResourceTemplateDefinition {
  const { files, tree, grants, limits, platform } = dependencies;
  const open = async (uri: string, context: RequestContext) => {
    const path = pathOfFileUri(uri, platform);
    const grant = await grants.of(context);
    return { path, grant, file: await files.open(path, grant).catch(notFoundAt(uri)) };
  };
  return {
    template: {
      uriTemplate: 'file:///{path}',
      name: 'file',
      title: 'File',
      description:
        'A file in the allowed directories, by its absolute path: its text, or base64 of anything else',
    },
    match: (uri) => (isFileUri(uri) ? {} : undefined), // the path has `/` in it, encoded or not
    async read(uri, _variables, context) {
      const { readFileContents } = await import('./read-file-contents.ts'); // what reads text is not for the start
      const { file } = await open(uri, context);
      try {
        const { maxReadBytes: maxBytes, maxImageBytes } = limits;
        const options = { maxBytes, maxImageBytes, signal: context.signal };
        return [await readFileContents(file, uri, options)];
      } finally {
        await file.close();
      }
    },
    async watch(uri, context, onChange) {
      const { path, grant, file } = await open(uri, context); // who may not read it must not learn when it changes
      await file.close();
      return await files.watch(path, grant, onChange).catch(notFoundAt(uri));
    },
    complete: {
      path: async (typed, _given, context) => {
        const prefix = rooted(typed, platform);
        const paths = await tree.complete(prefix, await grants.of(context));
        const cut = prefix.length - typed.length;
        return paths.map((path) => path.replaceAll('\\', platform === 'windows' ? '/' : '\\').slice(cut));
      },
    },
  };
}

/** The template brings the first slash; what is typed may bring its own. */
function rooted(typed: string, platform: PathPlatform): string {
  return platform === 'windows' || /^[/~]/.test(typed) ? typed : `/${typed}`;
}

/** Turns a missing file into a missing resource, for clients that read resources; every other refusal stays as it is. */
function notFoundAt(uri: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof DomainError && error.code === 'file.not-found') throw resourceNotFound(uri);
    throw error;
  };
}
