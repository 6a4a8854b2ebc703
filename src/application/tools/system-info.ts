import * as v from 'valibot';
import { structuredResult } from '../../domain/tool/tool-result.ts';
import type { SystemInformation } from '../ports/system-information.ts';
import { defineTool } from './define-tool.ts';

const bytes = (what: string) => v.pipe(v.number(), v.description(`${what}, in bytes`));
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
  memory: v.strictObject({ total: bytes('Installed'), free: bytes('Free') }),
  load: v.pipe(v.array(v.number()), v.length(3), v.description('Over 1, 5 and 15 minutes')),
  uptime: v.pipe(v.number(), v.description('Seconds since the machine started')),
  runtime: versioned,
  server: versioned,
});

/** @param server what this server calls itself */
export const systemInfoTool = (system: SystemInformation, server: { name: string; version: string }) =>
  defineTool({
    name: 'system_info',
    title: 'System information',
    description:
      'Tells about the machine the server runs on: platform, processors, memory, load, user and versions.',
    category: 'system',
    tags: ['system', 'info'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: v.strictObject({}),
    output,
    handle: async () => structuredResult({ ...(await system.read()), server }),
  });
