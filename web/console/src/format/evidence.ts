// Where in a text its reading rests: the API counts bytes of UTF-8, a page draws pieces of a text.
import type { Evidence } from "../api/posts";

export interface Piece {
  text: string;
  field?: string; // that it tells of
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// How much of `now` is still as it was read, in bytes.
function commonBytes(read: Uint8Array, now: Uint8Array): number {
  let bytes = 0;
  while (bytes < read.length && bytes < now.length && read[bytes] === now[bytes]) ++bytes;
  return bytes;
}

// `now` cut into pieces by what was found in `read`, an earlier form of it: only as far as both agree. Joined, the pieces
// are `now`. Of evidence that overlaps the first counts.
export function piecesOf(now: string, read: string, evidence: readonly Evidence[]): Piece[] {
  const bytes = encoder.encode(now);
  const common = commonBytes(encoder.encode(read), bytes);
  const pieces: Piece[] = [];
  let at = 0;
  const cut = (end: number, field?: string) => {
    if (end > at) pieces.push({ text: decoder.decode(bytes.subarray(at, end)), ...(field !== undefined && { field }) });
    at = Math.max(at, end);
  };
  for (const { field, begin, end } of [...evidence].sort((a, b) => a.begin - b.begin)) {
    if (begin < at || end > common) continue;
    cut(begin);
    cut(end, field);
  }
  cut(bytes.length);
  return pieces;
}

// The words that tell of each field, in the text's order.
export function wordsOf(read: string, evidence: readonly Evidence[]): Map<string, string[]> {
  const bytes = encoder.encode(read);
  const words = new Map<string, string[]>();
  for (const { field, begin, end } of evidence) {
    words.set(field, [...(words.get(field) ?? []), decoder.decode(bytes.subarray(begin, end))]);
  }
  return words;
}
