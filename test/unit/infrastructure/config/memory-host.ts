import type { ConfigurationHost } from '../../../../src/infrastructure/config/configuration-host.ts';

/** A machine in memory: its files are texts, bytes, or the `code` that reading them fails with: EISDIR for a directory. */
export function memoryHost({
  files = {},
  modes = {},
  readOnly = [],
  ...host
}: Partial<ConfigurationHost> & {
  readonly files?: Readonly<Record<string, string | Uint8Array | { readonly code: string }>>;
  /** Permission bits of files that others than their owner may use. */
  readonly modes?: Readonly<Record<string, number>>;
  /** Paths at which nothing can be written or made. */
  readonly readOnly?: readonly string[];
} = {}): ConfigurationHost {
  return {
    environment: {},
    platform: 'linux',
    homeDirectory: '/home/ada',
    workingDirectory: '/project',
    exists: (path) => Object.hasOwn(files, path),
    look: (path) => {
      const file = files[path];
      if (file === undefined) return undefined;
      if (typeof file === 'string' || file instanceof Uint8Array)
        return { kind: 'file', mode: modes[path] ?? 0o600 };
      return { kind: file.code === 'EISDIR' ? 'directory' : 'other', mode: 0o755 };
    },
    isWritable: (path) => !readOnly.includes(path),
    read: async (path, limit) => {
      const file = files[path] ?? { code: 'ENOENT' };
      if (typeof file === 'string') return new TextEncoder().encode(file).subarray(0, limit);
      if (file instanceof Uint8Array) return file.subarray(0, limit);
      throw Object.assign(new Error(`Reading "${path}" failed`), file);
    },
    write: () => Promise.reject(new Error('Nothing should be written')),
    ...host,
  };
}
