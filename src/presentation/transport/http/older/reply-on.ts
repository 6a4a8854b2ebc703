import type { FrameSink, Reply } from '../../../jsonrpc/frame-sink.ts';

/** The way back on a stream that everything shares. @param onFinished called when nothing is being done for the frame any more */
export function replyOn(sink: FrameSink, onFinished: () => void): Reply {
  return {
    send: (frame, options) => sink.send(frame, options),
    finish(answer) {
      if (answer !== undefined) sink.send(answer);
      onFinished();
    },
  };
}
