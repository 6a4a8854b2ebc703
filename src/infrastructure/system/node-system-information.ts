import type { SystemFacts, SystemInformation } from '../../application/ports/system-information.ts';

/** Facts of node:os and the process. */
export class NodeSystemInformation implements SystemInformation {
  async read(): Promise<SystemFacts> {
    const os = await import('node:os');
    const cpus = os.cpus();
    const [one = 0, five = 0, fifteen = 0] = os.loadavg();
    return {
      platform: os.platform(),
      release: os.release(),
      version: os.version(),
      architecture: os.arch(),
      hostname: os.hostname(),
      user: userName(os),
      cwd: workingDirectory(),
      cpus: { count: cpus.length, model: cpus[0]?.model.trim() ?? 'unknown' },
      memory: { total: os.totalmem(), free: os.freemem() },
      load: [one, five, fifteen],
      uptime: Math.round(os.uptime()),
      runtime: { name: 'node', version: process.version },
    };
  }
}

/** A user id without an entry in the user database, as in many containers, has no name. */
function userName(os: typeof import('node:os')): string {
  try {
    return os.userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** A working directory that was deleted under the process has no name. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return 'unknown';
  }
}
