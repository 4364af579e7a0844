// The calls of /v1/tags.
import { call } from "../../../shared/client";
import type { Edit, EditLine, Filter, Found, TagKey, TagPage } from "./types";

const LOOK_AGAIN_MS = 300;

export function findTags(filter: Filter, limit: number, signal?: AbortSignal): Promise<Found> {
  const asked = new URLSearchParams({ limit: String(limit) });
  for (const [member, value] of Object.entries(filter)) if (value) asked.set(member, value);
  return call<Found>(`/v1/tags?${asked}`, { signal });
}

export async function tellTag({ kind, name, industry }: TagKey, signal?: AbortSignal): Promise<TagPage> {
  const of = industry ? `?industry=${encodeURIComponent(industry)}` : "";
  return (await call<{ tag: TagPage }>(`/v1/tags/${kind}/${encodeURIComponent(name)}${of}`, { signal })).tag;
}

export async function tellEdits(signal?: AbortSignal): Promise<EditLine[]> {
  return (await call<{ edits: EditLine[] }>("/v1/tags/edits", { signal })).edits;
}

// Done when the graph that answers has the edit: a large one is made anew for some seconds.
export async function sendEdit(edit: Edit): Promise<number> {
  const { number, applied } = await call<{ number: number; applied: boolean }>("/v1/tags/edits", {
    method: "POST",
    body: edit,
  });
  for (let there = applied; !there; ) {
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
    there = (await findTags({}, 1)).edit_lines >= number;
  }
  return number;
}
