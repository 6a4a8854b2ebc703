import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileResource } from '../../../src/application/resources/file-resource.ts';
import { pathPlatform } from '../../../src/domain/policy/paths/path-platform.ts';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { NodeFileTree } from '../../../src/infrastructure/files/node-file-tree.ts';
import { NodeFiles } from '../../../src/infrastructure/files/node-files.ts';
import { InMemoryConnection } from '../../support/in-memory-connection.ts';

/** The engine with the files of a folder of its own as resources, on the real file system. */
export async function fileResourceDesk({ maxReadBytes = 1000 } = {}) {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'tfo-mcp-')));
  const guard = new PathGuard({
    platform: process.platform,
    homeDirectory: home,
    environment: {},
    sensitive: [],
  });
  const connection = new InMemoryConnection();
  connection.application.commands.registerResource(
    fileResource({
      files: new NodeFiles(guard),
      tree: new NodeFileTree(guard),
      grants: { of: async () => ({ directories: [join(home, 'allowed')], advice: 'Allow one' }) },
      limits: { maxReadBytes, maxImageBytes: 2000 },
      platform: pathPlatform(process.platform),
    }),
  );
  const path = (...names: readonly string[]) => join(home, 'allowed', ...names);
  return {
    connection,
    home,
    path,
    uri: (...names: readonly string[]) => pathToFileURL(path(...names)).href,
    end: async () => {
      await connection.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type FileResourceDesk = Awaited<ReturnType<typeof fileResourceDesk>>;
