/** Takes the answer to one message, undefined when there is none to send, and its error number if it is an error. */
export type Respond = (frame: string | undefined, error?: number) => void;

/** A taker of the answers to the members of a batch. */
export interface AnswersTaker {
  /** Characters of all answers that fit into one frame. */
  readonly most: number;
  /** Called once, when all answers are there: with those that were not taken one by one. */
  readonly onComplete: (answers: readonly string[]) => void;
  /** Called for each answer, early and late, as soon as all of them would be longer than one frame: they are not kept. */
  readonly onSingle: (answer: string) => void;
}

/** Collects the answers to so many messages, and hands them over once all are there. */
export function collectAnswers(messages: number, { most, onComplete, onSingle }: AnswersTaker): Respond {
  let answers: string[] = [];
  let length = 0;
  let open = messages;
  return (answer) => {
    if (answer !== undefined) {
      answers.push(answer);
      length += answer.length;
    }
    if (length > most) {
      const early = answers;
      answers = [];
      for (const one of early) onSingle(one);
    }
    open -= 1;
    if (open === 0) onComplete(answers);
  };
}
