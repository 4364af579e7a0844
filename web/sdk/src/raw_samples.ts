// Without the core on the device: batches of raw samples (docs/formats.md, "gestures" with `samples`), which the
// server turns into swipes and taps. The server refuses a batch of more than 4,096 rows, 100 swipes or 50 taps, so a
// batch is cut long before by counting everything that may begin a stroke. A cut while a finger is down would cut its
// swipe in two, so cuts wait for the finger unless all must go.

import type { EventWriter } from "./events.js";
import type { Sink } from "./recorder.js";
import { type Sample, phase, pointerNames, samplesIn } from "./sample_ring.js";

const mostRows = 1500; // some 30 KB, which still outlives the page
const mostBegins = 45; // fewer than 50 taps, and than 100 swipes with those that are cut at ten seconds
const pauseMs = 450; // a mouse that rested longer begins another stroke; a little less than the extractor's
const lastPx = 65535; // the extractor knows no place beyond

function pixels(value: number): number {
  return Number.isFinite(value) ? Math.max(-lastPx, Math.min(lastPx, Math.round(value))) : lastPx;
}

export class RawSamples implements Sink {
  private rows_: number[][] = [];
  private startMs_ = 0;
  private pointer_ = 0;
  private begins_ = 0;
  private last_: Sample | null = null;
  private readonly fingersDown_ = new Set<number>();
  private screenPx_: [number, number] = [1, 1];
  private finished_: string[] = [];

  constructor(private readonly events_: EventWriter) {}

  screen(widthPx: number, heightPx: number): void {
    this.cut_();
    this.screenPx_ = [pixels(widthPx), pixels(heightPx)].map((px) => Math.max(1, Math.min(32767, px))) as [
      number, number];
  }

  samples(packed: Uint8Array): void {
    for (const sample of samplesIn(packed)) this.add_(sample);
  }

  event(): boolean {
    return true;
  }

  take(all: boolean): string[] {
    if (all || this.fingersDown_.size === 0) this.cut_();
    const taken = this.finished_;
    this.finished_ = [];
    return taken;
  }

  free(): void {
    this.rows_ = [];
    this.finished_ = [];
  }

  private add_(sample: Sample): void {
    const isMark = sample.phase === phase.enter || sample.phase === phase.leave;
    const isOther = !isMark && this.rows_.length > 0 && sample.pointer !== this.pointer_;
    const isFull = this.rows_.length >= mostRows || this.begins_ >= mostBegins;
    const isFar = this.rows_.length > 0 && Math.abs(sample.atMs - this.startMs_) > 2 ** 30;
    if (isOther || isFull || isFar) this.cut_();
    if (isMark && this.rows_.length === 0) return;
    if (this.rows_.length === 0) {
      this.startMs_ = Math.round(sample.atMs);
      this.pointer_ = sample.pointer;
    }
    if (this.begin_(sample)) ++this.begins_;
    this.rows_.push(this.row_(sample));
    this.last_ = sample;
    if (sample.phase === phase.down) this.fingersDown_.add(sample.id);
    if (sample.phase === phase.up || sample.phase === phase.cancel) this.fingersDown_.delete(sample.id);
    if (isMark) this.fingersDown_.clear();
  }

  private begin_(sample: Sample): boolean {
    const last = this.last_;
    if (last === null || this.rows_.length === 0) return true;
    if (sample.phase === phase.down || sample.phase !== last.phase) return sample.phase !== phase.up;
    if (sample.phase === phase.wheel && (sample.xPx * last.xPx < 0 || sample.yPx * last.yPx < 0)) return true;
    return sample.atMs - last.atMs > pauseMs;
  }

  private row_(sample: Sample): number[] {
    const { page, action, event, button } = sample;
    const row = [Math.round(sample.atMs) - this.startMs_, sample.phase, sample.id, pixels(sample.xPx),
      pixels(sample.yPx)];
    const last = this.rows_.length > 0 ? this.last_ : null;
    if (last && page === last.page && action === last.action && event === last.event && button === last.button) {
      return row;
    }
    if (!last && page === 0 && action === 0 && event === 0 && button === 0) return row;
    return [...row, page, action, event, button];
  }

  private cut_(): void {
    if (this.rows_.length > 0) {
      const pointer = pointerNames[this.pointer_] ?? "touch";
      this.finished_.push(this.events_.samples(this.startMs_, pointer, this.screenPx_, this.rows_));
    }
    this.rows_ = [];
    this.begins_ = 0;
    this.last_ = null;
  }
}
