// One call of the HTTP API: JSON in and out, a limit of time, and ApiProblem for whatever goes wrong. Not for events,
// which inkling-sdk sends.
import { ApiProblem, problemOf } from "./problem";

const LONGEST_CALL_MS = 10_000;

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal | undefined;
}

export async function call<Answer>(path: string, { method = "GET", body, signal }: Call = {}): Promise<Answer> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LONGEST_CALL_MS);
  const giveUp = () => limit.abort();
  signal?.addEventListener("abort", giveUp);
  try {
    const init: RequestInit = { method, signal: limit.signal, headers: { Accept: "application/json" } };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    }
    const response = await fetch(path, init);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as Answer;
  } catch (thrown) {
    if (thrown instanceof ApiProblem) throw thrown;
    throw new ApiProblem("offline", limit.signal.aborted ? "no answer in time" : String(thrown));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}
