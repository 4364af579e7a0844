import { describe, expect, it } from "vitest";
import { fetchPackage } from "./device.js";

const options = { server: "", model: "dipn", precision: "int8", shopper: "ann", wasm: new URL("https://a.example/") };
const never = new AbortController().signal;

function fakeCaches() {
  const kept = new Map<string, Response>();
  const cache = {
    match: (key: string) => Promise.resolve(kept.get(key)?.clone()),
    put: (key: string, response: Response) => Promise.resolve(void kept.set(key, response)),
  };
  return { kept, caches: { open: () => Promise.resolve(cache as unknown as Cache) } };
}
function server(tag: string, bytes: number[]) {
  const asked: { url: string; etag: string | null; cache: string | undefined }[] = [];
  const fetcher = ((url: unknown, init?: RequestInit) => {
    const etag = new Headers(init?.headers).get("If-None-Match");
    asked.push({ url: String(url), etag, cache: init?.cache });
    if (etag === tag) return Promise.resolve(new Response(null, { status: 304 }));
    return Promise.resolve(new Response(new Uint8Array(bytes), { headers: { ETag: tag } }));
  }) as typeof fetch;
  return { asked, fetcher };
}
const offline = (() => Promise.reject(new TypeError("Failed to fetch"))) as typeof fetch;
const read = async (bytes: Promise<ArrayBuffer>) => [...new Uint8Array(await bytes)];

describe("fetchPackage", () => {
  it("fetches once and then asks only whether there is another", async () => {
    const { caches, kept } = fakeCaches();
    const { asked, fetcher } = server('"v1"', [1, 2, 3]);
    expect(await read(fetchPackage(options, fetcher, caches, never))).toEqual([1, 2, 3]);
    expect(await read(fetchPackage(options, fetcher, caches, never))).toEqual([1, 2, 3]);
    expect(asked.map(({ etag }) => etag)).toEqual([null, '"v1"']);
    expect(asked[0]!.url).toBe("/v1/models/dipn/edge?precision=int8&shopper=ann");
    expect(asked.map(({ cache }) => cache)).toEqual(["no-store", "no-store"]);
    expect([...kept.keys()].join()).not.toContain("ann");
  });

  it("takes the new package when there is one", async () => {
    const { caches } = fakeCaches();
    await fetchPackage(options, server('"v1"', [1]).fetcher, caches, never);
    expect(await read(fetchPackage(options, server('"v2"', [2]).fetcher, caches, never))).toEqual([2]);
    expect(await read(fetchPackage(options, offline, caches, never))).toEqual([2]);
  });

  it("uses the kept one without a network, and says so when there is none", async () => {
    const { caches } = fakeCaches();
    await expect(fetchPackage(options, offline, caches, never)).rejects.toThrow("Failed to fetch");
    await fetchPackage(options, server('"v1"', [1]).fetcher, caches, never);
    expect(await read(fetchPackage(options, offline, caches, never))).toEqual([1]);
  });

  it("works without a cache", async () => {
    const { fetcher } = server('"v1"', [7]);
    expect(await read(fetchPackage(options, fetcher, undefined, never))).toEqual([7]);
    const closed = { open: () => Promise.reject(new Error("SecurityError")) };
    expect(await read(fetchPackage(options, fetcher, closed, never))).toEqual([7]);
  });

  it("tells the server's refusal", async () => {
    const refusing = (() => Promise.resolve(new Response("", { status: 404 }))) as typeof fetch;
    await expect(fetchPackage(options, refusing, undefined, never)).rejects.toThrow(/dipn\/edge.*404/);
  });

  it("keeps nothing when consent went while it was fetched", async () => {
    const { caches, kept } = fakeCaches();
    const leaving = new AbortController();
    const fetcher = ((...request: Parameters<typeof fetch>) => {
      leaving.abort();
      return server('"v1"', [1]).fetcher(...request);
    }) as typeof fetch;
    await fetchPackage(options, fetcher, caches, leaving.signal);
    expect(kept.size).toBe(0);
  });
});
