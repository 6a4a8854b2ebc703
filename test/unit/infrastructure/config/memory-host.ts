import type { ConfigurationHost } from '../../../../src/infrastructure/config/configuration-host.ts';

/** A machine in memory: its files are texts, bytes, or the `code` that reading them fails with: EISDIR for a directory. */
export function memoryHost({
  files = {},
  ...host
}: Partial<ConfigurationHost> & {
  readonly files?: Readonly<Record<string, string | Uint8Array | { readonly code: string }>>;
} = {}): ConfigurationHost {
  return {
    environment: {},
    platform: 'linux',
    homeDirectory: '/home/ada',
    workingDirectory: '/project',
    exists: (path) => Object.hasOwn(files, path),
    isDirectory: (path) => {
      const file = files[path];
      return typeof file === 'object' && 'code' in file && file.code === 'EISDIR';
    },
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
