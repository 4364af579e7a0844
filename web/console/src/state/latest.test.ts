import { describe, expect, it } from "vitest";
import { Latest } from "./latest";

const settled = () => new Promise((done) => setTimeout(done, 0)); // every answer here is there already

function asked() {
  const waiting: { question: string; answer: (text: string) => void; fail: (why: unknown) => void }[] = [];
  const said: string[] = [];
  const latest = new Latest<string, string>(
    (question) => new Promise((answer, fail) => waiting.push({ question, answer, fail })),
    (question, answer) => said.push(`${question}: ${answer}`),
    (question, thrown) => said.push(`${question} failed: ${String(thrown)}`),
  );
  return { latest, waiting, said };
}

describe("the latest question", () => {
  it("waits for the answer that is under way, and those before it are never asked", async () => {
    const { latest, waiting, said } = asked();
    for (const question of ["a", "ab", "abc"]) latest.put(question);
    expect(waiting.map(({ question }) => question)).toEqual(["a"]);
    waiting[0]!.answer("one");
    await settled();
    expect(waiting.map(({ question }) => question)).toEqual(["a", "abc"]);
    waiting[1]!.answer("three");
    await settled();
    expect(said).toEqual(["a: one", "abc: three"]);
  });
  it("is asked at once where nothing is under way", async () => {
    const { latest, waiting } = asked();
    latest.put("a");
    waiting[0]!.answer("one");
    await settled();
    latest.put("b");
    expect(waiting).toHaveLength(2);
  });
  it("is asked after one that failed", async () => {
    const { latest, waiting, said } = asked();
    latest.put("a");
    latest.put("b");
    waiting[0]!.fail("busy");
    await settled();
    waiting[1]!.answer("two");
    await settled();
    expect(said).toEqual(["a failed: busy", "b: two"]);
  });
  it("is not asked once it is dropped", async () => {
    const { latest, waiting } = asked();
    latest.put("a");
    latest.put("b");
    latest.drop();
    waiting[0]!.answer("one");
    await settled();
    expect(waiting).toHaveLength(1);
  });
});
