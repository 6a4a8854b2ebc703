import type { Clock } from '../../ports/clock.ts';
import type { RequestContext } from '../../request-context.ts';

/** At most ten a second, the one that ends it included. */
const RATE_MS = 125;

/** Sooner than the pipeline's heartbeat, whose words would pass for the model's. */
const HEARTBEAT_MS = 5000;

/** Tells the client what the model says, as it says it. */
export interface TextProgress {
  /** More of the answer, told soon. */
  readonly add: (text: string) => void;
  /** Tells what is left. */
  readonly flush: () => void;
  /** Tells nothing any more. */
  readonly stop: () => void;
}

/**
 * Each message is what is new since the one before: all of them together are the answer's text. Progress counts the messages,
 * since it must grow with each and nobody knows how long an answer will get.
 */
export function startTextProgress(context: RequestContext, clock: Clock): TextProgress {
  let untold = '';
  let count = 0;
  let told = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  const tellIn = (ms: number, due: boolean) => {
    clearTimeout(timer);
    isDue = due;
    timer = setTimeout(tell, ms);
  };
  const tell = () => {
    const message = untold === '' ? undefined : untold;
    untold = '';
    told = clock.monotonic();
    count += 1;
    context.progress(count, undefined, message);
    tellIn(HEARTBEAT_MS, false);
  };
  tellIn(HEARTBEAT_MS, false);
  return {
    add: (text) => {
      untold += text;
      if (isDue || untold === '') return;
      const wait = told + RATE_MS - clock.monotonic();
      if (wait <= 0) tell();
      else tellIn(wait, true);
    },
    flush: () => {
      if (untold !== '') tell();
    },
    stop: () => clearTimeout(timer),
  };
}
