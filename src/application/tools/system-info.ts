import * as v from 'valibot';
import { structuredResult } from '../../domain/tool/tool-result.ts';
import type { SystemInformation } from '../ports/system-information.ts';
import { defineTool } from './define/define-tool.ts';

const bytes = v.pipe(v.number(), v.description('Bytes'));
const versioned = v.strictObject({ name: v.string(), version: v.string() });

const output = v.strictObject({
  platform: v.string(),
  release: v.string(),
  version: v.string(),
  architecture: v.string(),
  hostname: v.string(),
  user: v.string(),
  cwd: v.string(),
  cpus: v.strictObject({ count: v.number(), model: v.string() }),
  memory: v.strictObject({ total: bytes, free: bytes }),
  load: v.pipe(v.array(v.number()), v.length(3), v.description('Over 1, 5 and 15 minutes')),
  uptime: v.pipe(v.number(), v.description('Seconds since the machine started')),
  runtime: versioned,
  server: versioned,
});

/** @param server what this server calls itself */
export const systemInfoTool = (
  system: SystemInformation,
  { name, version }: { readonly name: string; readonly version: string },
) =>
  defineTool({
    name: 'system_info',
    title: 'System information',
    description: "Tells platform, processors, memory, load, user and versions of the server's machine.",
    category: 'system',
    tags: ['system', 'info'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: v.strictObject({}),
    output,
    handle: async () => structuredResult({ ...(await system.read()), server: { name, version } }),
  });
