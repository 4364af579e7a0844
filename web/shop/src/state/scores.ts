// What the meter shows: the newest score, and how it went. Kept for a while, in memory only.
import type { Score, ViewAttention } from "inkling-sdk";
import { Store } from "../../../shared/store";

const KEPT_MS = 15 * 60_000;
const MOST = 600;

export interface Reading {
  score: Score | null;
  history: Score[];
  attention: ViewAttention[] | null;
}

export const reading = new Store<Reading>({ score: null, history: [], attention: null });

export function added(history: readonly Score[], score: Score): Score[] {
  const from_ms = score.at_ms - KEPT_MS;
  return [...history.filter((each) => each.at_ms >= from_ms && each.at_ms < score.at_ms), score].slice(-MOST);
}

export function tellScore(score: Score, attention: ViewAttention[] | null): void {
  reading.update(({ history }) => ({ score, history: added(history, score), attention }));
}
