/** More came than an answer can have. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
  readonly code = 'ERR_ANSWER_TOO_LONG';
  readonly mostBytes: number;

  constructor(mostBytes: number) {
    super(`Expected an answer of at most ${mostBytes} bytes, got more`);
    this.mostBytes = mostBytes;
  }
}
