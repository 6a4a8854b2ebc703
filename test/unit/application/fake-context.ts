import { type CallContext, localUser } from '../../../src/application/request-context.ts';

/** A request context that a test drives: it aborts, it waits, and it keeps why it was interrupted. */
export interface FakeContext extends CallContext {
  readonly interruptions: Error[];
  /** The client goes away. */
  abort(reason: Error): void;
  /** The work begins to wait for the client, or goes on. */
  wait(isWaiting: boolean): void;
}

export function fakeContext(given: Partial<CallContext> = {}): FakeContext {
  const controller = new AbortController();
  const interruptions: Error[] = [];
  let listener: (isWaiting: boolean) => void = () => undefined;
  return {
    principal: localUser,
    client: { name: 'test', version: '1', can: () => false },
    scope: 'test',
    meta: {},
    signal: controller.signal,
    wantsProgress: false,
    progress: () => undefined,
    heartbeat: () => undefined,
    log: () => undefined,
    ask: () => Promise.reject(new Error('Expected no question')),
    roots: async () => undefined,
    isStillAuthorized: () => true,
    onWaiting: (listen) => {
      listener = listen;
    },
    interrupt: (reason) => {
      interruptions.push(reason);
      controller.abort(reason);
    },
    ...given,
    interruptions,
    abort: (reason) => controller.abort(reason),
    wait: (isWaiting) => listener(isWaiting),
  };
}
