// Questions that change faster than they are answered: one is asked at a time, and while its answer is awaited only the
// newest of the others waits. So a slow server is asked less, and a fast one at every letter; no timer guesses when
// somebody has stopped typing. Answers come in the order of their questions.
export class Latest<Question, Answer> {
  private waiting: { question: Question } | null = null;
  private asking = false;

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly answered: (question: Question, answer: Answer) => void,
    private readonly failed: (question: Question, thrown: unknown) => void,
  ) {}

  put(question: Question): void {
    this.waiting = { question };
    if (!this.asking) void this.run();
  }

  // What waits is asked no more.
  drop(): void {
    this.waiting = null;
  }

  private async run(): Promise<void> {
    this.asking = true;
    while (this.waiting) {
      const { question } = this.waiting;
      this.waiting = null;
      try {
        this.answered(question, await this.ask(question));
      } catch (thrown) {
        this.failed(question, thrown);
      }
    }
    this.asking = false;
  }
}
