/** Takes the answer to one message; undefined when there is none to send. */
export type Respond = (frame: string | undefined) => void;

/** Collects the answers to so many messages, and hands them over once all are there, if there are any. */
export function collectAnswers(messages: number, onComplete: (answers: readonly string[]) => void): Respond {
  const answers: string[] = [];
  let open = messages;
  return (answer) => {
    if (answer !== undefined) answers.push(answer);
    open -= 1;
    if (open === 0 && answers.length > 0) onComplete(answers);
  };
}
