import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpConnection } from '../network/http-connection.ts';
import { modernPost } from '../network/messages.ts';
import type { Running } from '../network/servers.ts';
import { cache } from '../paths.ts';
import type { Attack } from './attack.ts';

const SEARCHES = 300;
const folder = join(cache, 'catastrophe');

const search = (id: number, content: string) =>
  modernPost(
    id,
    'tools/call',
    { name: 'search_files', arguments: { path: folder, pattern: '*', content } },
    'search_files',
  );

/** Milliseconds that the honest search of the last attack took. */
export let honestSearchMs = Number.NaN;

async function catastrophe({ port }: Running): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'letters.txt'), `${'a'.repeat(5000)}!\n`);
  const bad = await Promise.all(Array.from({ length: SEARCHES }, () => HttpConnection.open(port)));
  bad.forEach((connection, id) => void connection.request(search(id, '(a+)+$')));
  const honest = await HttpConnection.open(port);
  const begun = performance.now();
  const { body } = await honest.request(search(SEARCHES, 'a!'));
  honestSearchMs = performance.now() - begun;
  for (const connection of [...bad, honest]) connection.close();
  if (!body.includes('letters.txt'))
    throw new Error(`Expected a match, got ${body.replace(/\s+/g, ' ').slice(-300)}`);
}

export const searchAttack: Attack = {
  what: `${SEARCHES} catastrophic searches`,
  env: { TELEMETRYFLOW_MCP_SECURITY_ALLOWED_DIRECTORIES: cache },
  run: catastrophe,
};
