import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Backoff, firstWaitMs, longestWaitMs, retryAfterMs } from "./backoff.js";
import { EventSender } from "./event_sender.js";
import { type EventStore, MemoryStore, mostBytes, mostRecords } from "./event_store.js";
import { FakeServer } from "./for_test.js";
import { Outbox, batches } from "./outbox.js";
import type { Problem } from "./types.js";

const line = (id: string, rest: object = {}) => JSON.stringify({ id, ...rest });
const dayMs = 86_400_000;

function outbox(store: EventStore | Error = new MemoryStore()) {
  const server = new FakeServer();
  const problems: Problem[] = [];
  const at = { now: 1e12 };
  const out = new Outbox({
    open: () => (store instanceof Error ? Promise.reject(store) : Promise.resolve(store)),
    sender: new EventSender("/v1/events", server.fetch),
    problem: (problem) => problems.push(problem),
    backoff: new Backoff(() => 1),
    nowMs: () => at.now,
  });
  return { out, server, problems, at, ids: () => server.events.map((event) => event.id) };
}
const problem = (status: number, body: object = {}, headers = {}) => () => Response.json(body, { status, headers });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("Outbox", () => {
  it("sends what it was given, in order, and once", async () => {
    const { out, ids } = outbox();
    out.add([line("a"), line("b")]);
    await out.flush();
    out.add([line("c")]);
    await out.flush();
    await out.flush();
    expect(ids()).toEqual(["a", "b", "c"]);
  });

  it("keeps events while there is no network and sends them in order when it is back", async () => {
    const { out, server, ids, problems } = outbox();
    server.offline = true;
    out.add([line("a")]);
    await out.flush();
    out.add([line("b")]);
    await out.flush();
    expect(problems.map(({ code }) => code)).toEqual(["server"]);
    server.offline = false;
    await vi.advanceTimersByTimeAsync(firstWaitMs);
    expect(ids()).toEqual(["a", "b"]);
  });

  it("waits longer each time, and not at all once the network says that it is back", async () => {
    const { out, server, ids } = outbox();
    server.offline = true;
    out.add([line("a")]);
    await out.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    const tries = server.urls.length; // at 0, 1, 3, 7, 15, 31 s
    expect(tries).toBe(6);
    server.offline = false;
    out.hurry();
    await vi.advanceTimersByTimeAsync(0);
    expect(ids()).toEqual(["a"]);
  });

  it("does as Retry-After says", async () => {
    const { out, server, ids } = outbox();
    server.answer = problem(503, {}, { "Retry-After": "120" });
    out.add([line("a")]);
    await out.flush();
    server.answer = () => null;
    await vi.advanceTimersByTimeAsync(119_000);
    expect(ids()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ids()).toEqual(["a"]);
  });

  it("drops the line that the server names and sends the others", async () => {
    const { out, server, ids, problems } = outbox();
    server.answer = (body) => {
      const bad = body.split("\n").findIndex((text) => text.includes('"bad"'));
      return bad < 0 ? null : Response.json({ detail: "ts_ms: wrong", line: bad + 1 }, { status: 400 });
    };
    out.add([line("a"), line("b", { bad: 1 }), line("c"), line("d", { bad: 1 })]);
    await out.flush();
    expect(ids()).toEqual(["a", "c"]);
    expect(problems.map(({ code }) => code)).toEqual(["event_refused", "event_refused"]);
    expect(problems[0]!.message).toContain("ts_ms: wrong");
  });

  it("finds the bad event when the server names no line, or one that is not there", async () => {
    for (const body of [{}, { line: 99 }]) {
      const { out, server, ids } = outbox();
      server.answer = (text) => (text.includes('"bad"') ? Response.json(body, { status: 400 }) : null);
      out.add(["a", "b", "c", "d", "e"].map((id) => line(id, id === "d" ? { bad: 1 } : {})));
      await out.flush();
      expect(ids()).toEqual(["a", "b", "c", "e"]);
    }
  });

  it("gives a batch up whose every event is refused", async () => {
    const { out, server, problems } = outbox();
    server.answer = problem(400, { detail: "ts_ms: too far ahead", line: 1 });
    out.add(Array.from({ length: 300 }, (_, i) => line(String(i))));
    await out.flush();
    expect(server.urls.length).toBeLessThan(30);
    expect(problems.at(-1)!.message).toMatch(/\(2\d\d events dropped\)/);
  });

  it("sends smaller batches when one is too large", async () => {
    const { out, server, ids } = outbox();
    server.answer = (text) => (text.split("\n").length > 2 ? new Response("", { status: 413 }) : null);
    out.add(["a", "b", "c", "d", "e", "f", "g"].map((id) => line(id)));
    await out.flush();
    expect(ids()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  it.each([401, 403, 404, 405, 415])("drops events that %d refuses, with a problem", async (status) => {
    const { out, server, problems } = outbox();
    server.answer = problem(status);
    out.add([line("a"), line("b")]);
    await out.flush();
    await vi.advanceTimersByTimeAsync(longestWaitMs);
    expect(server.urls).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "event_refused" });
    expect(problems[0]!.message).toContain("2 events dropped");
  });

  it.each([408, 429, 500, 503])("tries again after %d", async (status) => {
    const { out, server, ids } = outbox();
    server.answer = problem(status);
    out.add([line("a")]);
    await out.flush();
    server.answer = () => null;
    await vi.advanceTimersByTimeAsync(firstWaitMs);
    expect(ids()).toEqual(["a"]);
  });

  it("drops events that are older than the server knows ids for", async () => {
    const store = new MemoryStore();
    await store.append([line("old")], 1e12 - 6.1 * dayMs);
    const { out, ids, problems } = outbox(store);
    out.add([line("new")]);
    await out.flush();
    expect(ids()).toEqual(["new"]);
    expect(problems[0]!.message).toContain("six days");
  });

  it("goes on in memory when the storage cannot be opened", async () => {
    const { out, ids, problems } = outbox(new Error("SecurityError"));
    out.add([line("a")]);
    await out.flush();
    expect(ids()).toEqual(["a"]);
    expect(problems.map(({ code }) => code)).toEqual(["storage"]);
  });

  it("goes on in memory when the storage is full", async () => {
    const store = new MemoryStore();
    store.append = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    const { out, ids, problems } = outbox(store);
    out.add([line("a")]);
    await out.flush();
    expect(ids()).toEqual(["a"]);
    expect(problems.map(({ code }) => code)).toEqual(["storage"]);
  });

  it("does not send for ever what the storage cannot remove", async () => {
    const store = new MemoryStore();
    store.replace = () => Promise.reject(new Error("closed"));
    const { out, server, problems } = outbox(store);
    out.add([line("a")]);
    await out.flush();
    await out.flush();
    expect(server.urls).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toEqual(["storage"]);
  });

  it("keeps batches small enough to outlive their page", () => {
    const lines = Array.from({ length: 40 }, (_, i) => line(String(i), { filler: "x".repeat(5000) }));
    const groups = batches(lines);
    expect(groups.flat()).toEqual(lines);
    expect(groups.every((group) => group.join("\n").length <= 48 << 10)).toBe(true);
    expect(batches(["y".repeat(100_000)])).toHaveLength(1);
  });

  it("leaves nothing behind when it is told to forget, and takes nothing more", async () => {
    const store = new MemoryStore();
    const { out, server } = outbox(store);
    server.offline = true;
    out.add([line("a")]);
    await out.flush();
    await out.close(true);
    out.add([line("b")]);
    server.offline = false;
    await out.flush();
    await vi.advanceTimersByTimeAsync(longestWaitMs);
    expect(await store.first()).toBeNull();
    expect(server.events).toEqual([]);
  });
});

describe("MemoryStore", () => {
  it("is bounded in records and bytes, the oldest going first", async () => {
    const store = new MemoryStore();
    let lost = 0;
    for (let i = 0; i < mostRecords + 10; ++i) lost += await store.append([String(i)], 0);
    expect(lost).toBe(10);
    expect((await store.first())!.lines).toEqual(["10"]);
    for (let i = 0; i < 5; ++i) lost += await store.append(["x".repeat(mostBytes / 2)], 0);
    expect(lost).toBeGreaterThan(mostRecords);
  });
});

describe("Backoff", () => {
  it("doubles up to five minutes and begins anew", () => {
    const backoff = new Backoff(() => 1);
    const waits = Array.from({ length: 12 }, () => backoff.next());
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(waits.at(-1)).toBe(longestWaitMs);
    backoff.reset();
    expect(backoff.next()).toBe(firstWaitMs);
  });

  it("draws half of the wait", () => {
    expect(new Backoff(() => 0).next()).toBe(firstWaitMs / 2);
  });
});

describe("retryAfterMs", () => {
  it("reads seconds and dates, within an hour", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(retryAfterMs("7", now)).toBe(7000);
    expect(retryAfterMs("Thu, 01 Jan 2026 00:00:30 GMT", now)).toBe(30_000);
    expect(retryAfterMs("999999", now)).toBe(3_600_000);
    expect(retryAfterMs("-5", now)).toBe(0);
    expect([retryAfterMs(null, now), retryAfterMs("soon", now)]).toEqual([null, null]);
  });
});
