/** Facts about the machine and the process. */
export interface SystemFacts {
  readonly platform: string;
  readonly release: string;
  readonly version: string;
  readonly architecture: string;
  readonly hostname: string;
  readonly user: string;
  readonly cwd: string;
  readonly cpus: { readonly count: number; readonly model: string };
  /** Bytes. */
  readonly memory: { readonly total: number; readonly free: number };
  /** 1, 5 and 15 minutes; zeros on Windows. */
  readonly load: readonly [number, number, number];
  /** Seconds since the machine's start. */
  readonly uptime: number;
  readonly runtime: { readonly name: string; readonly version: string };
}

export interface SystemInformation {
  read(): Promise<SystemFacts>;
}
