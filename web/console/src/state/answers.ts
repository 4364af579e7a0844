// What the server said to a question, asked anew when the question changes or an edit was made.
import { useEffect, useState } from "react";
import { ApiProblem, asProblem } from "../../../shared/problem";
import { Store, useStore } from "../../../shared/store";

// Counts edits and retries of this page; whatever shows the graph asks again.
export const revision = new Store(0);
export const askAgain = (): void => revision.update((count) => count + 1);

export interface Answer<T> {
  value: T | null; // of the last question that was answered, so that the page does not flicker
  problem: ApiProblem | null;
  asking: boolean;
}

// `key`: changes with the question. `waitMs`: for more typing before it is asked.
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>, waitMs = 0): Answer<T> {
  const asked = useStore(revision);
  const [answer, setAnswer] = useState<Answer<T>>({ value: null, problem: null, asking: true });
  useEffect(() => {
    const limit = new AbortController();
    setAnswer((last) => ({ ...last, asking: true }));
    const timer = setTimeout(() => {
      ask(limit.signal).then(
        (value) => limit.signal.aborted || setAnswer({ value, problem: null, asking: false }),
        (thrown: unknown) =>
          limit.signal.aborted || setAnswer({ value: null, problem: asProblem(thrown), asking: false }),
      );
    }, waitMs);
    return () => {
      clearTimeout(timer);
      limit.abort();
    };
    // `ask` is another function at every drawing; `key` says when it asks something else.
  }, [key, asked, waitMs]);
  return answer;
}
