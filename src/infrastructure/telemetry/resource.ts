import { randomUUID } from 'node:crypto';
import { arch, hostname, release } from 'node:os';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { TelemetryConfiguration } from './exporter-settings.ts';

export interface ServerFacts {
  readonly version: string;
  /** Of this process, and no other; made where none is given. */
  readonly instanceId?: string;
}

/** The names of semantic conventions for systems and architectures that Node.js calls otherwise. */
const SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm: 'arm32', ppc: 'ppc32' };

/**
 * All that telemetry of this process has in common. Nothing that could be a secret: no arguments, user or folder of the process. What is
 * configured goes before what is found out.
 */
export function serverResource(
  telemetry: TelemetryConfiguration,
  { version, instanceId = randomUUID() }: ServerFacts,
): Resource {
  return defaultResource().merge(
    resourceFromAttributes({
      'service.name': telemetry.service_name,
      'service.namespace': telemetry.service_namespace,
      'service.version': version,
      'service.instance.id': instanceId,
      'deployment.environment.name': telemetry.environment,
      'host.name': hostname(),
      'host.arch': ARCHITECTURES[arch()] ?? arch(),
      'os.type': SYSTEMS[process.platform] ?? process.platform,
      'os.version': release(),
      'process.pid': process.pid,
      'process.executable.name': 'tfo-mcp',
      'process.runtime.name': 'nodejs',
      'process.runtime.version': process.versions.node,
      ...telemetry.attributes,
    }),
  );
}
