// The model on this device: its package from GET /v1/models/{model}/edge, kept with its ETag in the Cache API so that
// an unchanged package costs a 304 and a phone without network still scores, and the core that reads it.

import type { Edge, EdgeLoader } from "./edge.js";

export const cacheName = "inkling-sdk";

export interface DeviceOptions {
  server: string;
  model: string;
  precision: string;
  shopper: string;
  wasm: URL; // the folder
}

type Caches = Pick<CacheStorage, "open">;

// Absent where the page is not secure, and in some private windows.
async function openCache(caches: Caches | undefined): Promise<Cache | undefined> {
  return caches?.open(cacheName).catch(() => undefined);
}

export async function fetchPackage(
  options: DeviceOptions, fetcher: typeof fetch, caches: Caches | undefined, signal: AbortSignal,
): Promise<ArrayBuffer> {
  const path = `${options.server}/v1/models/${encodeURIComponent(options.model)}/edge?precision=${options.precision}`;
  const cache = await openCache(caches);
  const kept = await cache?.match(path).catch(() => undefined);
  const etag = kept?.headers.get("ETag");
  let answer: Response;
  try {
    answer = await fetcher(`${path}&shopper=${encodeURIComponent(options.shopper)}`, {
      cache: "no-store", // the browser's own cache would keep the shopper's id, and answer 304 by itself
      signal,
      ...(etag && { headers: { "If-None-Match": etag } }),
    });
  } catch (error) {
    if (kept && !signal.aborted) return kept.arrayBuffer();
    throw error;
  }
  if (answer.status === 304 && kept) return kept.arrayBuffer();
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const tag = answer.headers.get("ETag");
  if (tag && !signal.aborted) {
    await cache?.put(path, new Response(bytes.slice(0), { headers: { ETag: tag } })).catch(() => undefined);
  }
  return bytes;
}

export async function loadDevice(options: DeviceOptions, load: EdgeLoader, signal: AbortSignal): Promise<Edge> {
  const bytes = await fetchPackage(options, (input, init) => fetch(input, init), globalThis.caches, signal);
  const source = {
    simd: new URL("inkling_edge.simd.wasm", options.wasm),
    plain: new URL("inkling_edge.wasm", options.wasm),
  };
  return load(source, bytes);
}
