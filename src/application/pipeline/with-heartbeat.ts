import type { Eventual } from '../eventual.ts';
import type { UseCase } from '../use-case.ts';

/** Clients give up on what is silent for a minute; the promise is 20 s, and what is told between two beats puts one off. */
const HEARTBEAT_MS = 8000;

/** While a use case runs whose client wants progress, tells that it runs whenever it has told nothing itself for a while. */
export function withHeartbeat<Message, Result>(next: UseCase<Message, Result>): UseCase<Message, Result> {
  return (message, context): Eventual<Result> => {
    const running = next(message, context);
    if (!(running instanceof Promise) || !context.wantsProgress) return running;
    let beats = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      timer = setTimeout(beat, HEARTBEAT_MS);
    };
    const beat = () => {
      beats += 1;
      context.heartbeat(`Running for ${(beats * HEARTBEAT_MS) / 1000} s`);
      wait();
    };
    wait();
    return running.finally(() => clearTimeout(timer));
  };
}
