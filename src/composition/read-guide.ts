import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GuideName } from '../presentation/cli/guide-names.ts';

const REPOSITORY = 'https://github.com/telemetryflow/telemetryflow-typescript-mcp';

/**
 * A guide's text: an asset of the executable (build/seal.ts), beside the sources a file. The bundle alone has none, and names the place
 * where it can be read.
 */
export async function readGuide(name: GuideName): Promise<string> {
  const sea = process.getBuiltinModule('node:sea');
  if (sea.isSea()) return sea.getAsset(guideAsset(name), 'utf8');
  const file = join(dirname(process.argv[1] ?? ''), 'guides', `${name}.md`);
  return await readFile(file, 'utf8').catch(
    () => `This guide is at ${REPOSITORY}/blob/main/src/guides/${name}.md`,
  );
}

/** The name under which the executable carries a guide. */
export const guideAsset = (name: GuideName): string => `guides/${name}.md`;
