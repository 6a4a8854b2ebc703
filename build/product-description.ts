import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Description } from './formats/describe-pe.ts';
import { root } from './paths.ts';
import { executableName, type TargetName } from './targets.ts';

/** The words under which Windows shows the product. Node.js is most of the file, and its license asks to be named. */
export function productDescription(target: TargetName): Description {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    product: 'TelemetryFlow MCP Server',
    title: 'TelemetryFlow MCP Server (tfo-mcp)',
    company: 'TelemetryFlow',
    copyright:
      'Copyright TelemetryFlow. Apache-2.0 license. Contains Node.js, copyright Node.js contributors. MIT license.',
    version,
    fileName: executableName(target),
  };
}
