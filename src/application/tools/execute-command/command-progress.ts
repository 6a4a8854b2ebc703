import type { Clock } from '../../ports/clock.ts';
import type { RequestContext } from '../../request-context.ts';

/** Sooner than the pipeline's heartbeat, which knows nothing of the command's time. */
const HEARTBEAT_MS = 5000;

/** Output is reported at once, then no more often than this. */
const RATE_MS = 500;

/** Tells the client, in seconds of the command's time, that it runs and how much it has written. */
export function startProgress(
  context: RequestContext,
  clock: Clock,
  timeout: number,
): { readonly received: (bytes: number) => void; readonly stop: () => void } {
  const started = clock.monotonic();
  let bytes = 0;
  let told = Number.NEGATIVE_INFINITY;
  const tell = () => {
    const now = clock.monotonic();
    told = now;
    const seconds = Math.round(now - started) / 1000;
    context.progress(seconds, timeout, `Running for ${Math.round(seconds)} s, ${bytes} bytes of output`);
  };
  const heartbeat = setInterval(tell, HEARTBEAT_MS);
  return {
    received: (more) => {
      bytes += more;
      if (clock.monotonic() - told >= RATE_MS) tell();
    },
    stop: () => clearInterval(heartbeat),
  };
}
