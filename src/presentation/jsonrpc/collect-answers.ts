/** Takes the answer to one message, undefined when there is none to send, and its error number if it is an error. */
export type Respond = (frame: string | undefined, error?: number) => void;

/** Collects the answers to so many messages, and hands them over once all are there. */
export function collectAnswers(messages: number, onComplete: (answers: readonly string[]) => void): Respond {
  const answers: string[] = [];
  let open = messages;
  return (answer) => {
    if (answer !== undefined) answers.push(answer);
    open -= 1;
    if (open === 0) onComplete(answers);
  };
}
