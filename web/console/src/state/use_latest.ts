// The answer to the newest question that was answered, for a page whose questions change as somebody types.
import { useEffect, useRef, useState } from "react";
import { type ApiProblem, asProblem } from "../../../shared/problem";
import { useStore } from "../../../shared/store";
import { revision } from "./answers";
import { Latest } from "./latest";

export interface Told<Question, Answer> {
  of: Question | null; // what `value` answers
  value: Answer | null;
  problem: ApiProblem | null;
}

// `question`: null asks nothing and forgets what was told. Asked anew when its JSON changes, and after askAgain().
export function useLatest<Question, Answer>(
  question: Question | null,
  ask: (question: Question) => Promise<Answer>,
): Told<Question, Answer> {
  const again = useStore(revision);
  const [told, setTold] = useState<Told<Question, Answer>>({ of: null, value: null, problem: null });
  const asker = useRef(ask);
  asker.current = ask;
  const [latest] = useState(
    () =>
      new Latest<Question, Answer>(
        (each) => asker.current(each),
        (of, value) => setTold({ of, value, problem: null }),
        (of, thrown) => setTold((last) => ({ ...last, of, problem: asProblem(thrown) })),
      ),
  );
  const key = JSON.stringify(question);
  useEffect(() => {
    if (question === null) setTold({ of: null, value: null, problem: null });
    else latest.put(question);
    return () => latest.drop();
    // `question` is another object at every drawing; `key` says when it asks something else.
  }, [key, again, latest]);
  return told;
}
