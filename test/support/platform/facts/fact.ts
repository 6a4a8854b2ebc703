import type { FakePlatform, FakePlatformOptions } from '../fake-platform.ts';
import type { PlatformUser } from '../platform-data.ts';
import type { PlatformFault } from '../platform-faults.ts';

/** Something that is known of the platform. */
export interface Fact {
  readonly name: string;
  /** The switch behind it: of a platform without that fault it must not be true. */
  readonly fault?: PlatformFault;
  /** It needs rows, users or changes that only the fake has. */
  readonly needsFake?: true;
  readonly options?: FakePlatformOptions;
  readonly check: (subject: FactSubject) => Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: facts look into answers of every shape
  readonly body: any;
}

type Given = Readonly<Record<string, unknown>>;

/** A platform that facts are asked of: the fake, or a real one. */
export class FactSubject {
  readonly url: string;
  private readonly token: string;
  private readonly known: FakePlatform | undefined;

  constructor(url: string, token: string, fake?: FakePlatform) {
    this.url = url;
    this.token = token;
    this.known = fake;
  }

  /** The fake, for facts that need it. */
  get fake(): FakePlatform {
    if (this.known === undefined) throw new Error('Expected the fake platform, got a real one');
    return this.known;
  }

  /** The same platform for another user. */
  as(user: PlatformUser): FactSubject {
    return new FactSubject(this.url, this.fake.token(user), this.fake);
  }

  /** The last hour, as bodies of signals have it. */
  get range(): { from: string; to: string } {
    const now = this.known?.state.now() ?? Date.now();
    return { from: new Date(now - 3_600_000).toISOString(), to: new Date(now).toISOString() };
  }

  async get(path: string): Promise<Answer> {
    return await this.send(path, { method: 'GET' });
  }

  async post(path: string, body: Given, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return await this.send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** A query for signals over the last hour. */
  async query(signal: 'metrics' | 'logs' | 'traces' | 'traces/summaries', body: Given = {}): Promise<Answer> {
    return await this.post(`query/signals/${signal}`, { ...this.range, ...body });
  }

  /** @param path below /api/v2, or from the root with a slash before it */
  async send(path: string, init: RequestInit): Promise<Answer> {
    const target = path.startsWith('/') ? path : `/api/v2/${path}`;
    const headers = { authorization: `Bearer ${this.token}`, ...init.headers };
    const response = await fetch(this.url + target, { ...init, headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
}
