// Brings what the listeners wrote and what the application told into one order, in idle time: samples up to an event,
// the gestures that they made, the event. Nothing is read before it is known who reads (the core, or raw batches), so
// that nothing of the first seconds is missing on the device.

import type { SampleRing } from "./sample_ring.js";

export interface Sink {
  screen(widthPx: number, heightPx: number): void;
  samples(packed: Uint8Array): void;
  event(json: string): boolean; // false: refused, not to be sent
  take(all: boolean): string[]; // finished "gestures" events; `all`: also what is under way
  free(): void;
}

type Step = { upTo: number } & ({ json: string } | { widthPx: number; heightPx: number });

const recordsAtOnce = 256;
const mostSteps = 1000; // before a reader is known; an application that tells more in ten seconds loses the oldest

export class Recorder {
  sink: Sink | null = null;
  private steps_: Step[] = [];

  constructor(
    private readonly ring_: SampleRing,
    private readonly send_: (lines: string[]) => void,
    private readonly broken_: (error: unknown) => Sink, // who reads from now on
    private readonly nowMs_: () => number = () => performance.now(),
  ) {}

  event(json: string): void {
    this.step_({ upTo: this.ring_.written, json });
  }

  screen(widthPx: number, heightPx: number): void {
    this.step_({ upTo: this.ring_.written, widthPx, heightPx });
  }

  get idle(): boolean {
    return this.steps_.length === 0 && this.ring_.waiting === 0;
  }

  // Reads for about `budgetMs`. False: there is more.
  pump(budgetMs: number): boolean {
    if (this.sink === null) return true;
    const untilMs = this.nowMs_() + budgetMs;
    while (!this.idle) {
      if (this.nowMs_() > untilMs) return false;
      const step = this.steps_[0];
      const upTo = step?.upTo ?? this.ring_.written;
      const packed = this.ring_.run(upTo, recordsAtOnce);
      if (packed.length > 0) {
        this.guarded_((sink) => sink.samples(packed));
        this.ring_.release(packed.length / 32);
      } else {
        this.steps_.shift();
        if (step) this.apply_(step);
      }
    }
    return true;
  }

  // All that is there, and the gestures that it made.
  finish(all: boolean): void {
    this.pump(Infinity);
    this.sendGestures_(all);
  }

  clear(): void {
    this.steps_ = [];
    this.ring_.clear();
    this.sink?.free();
    this.sink = null;
  }

  private step_(step: Step): void {
    if (this.steps_.length >= mostSteps) this.steps_.shift();
    this.steps_.push(step);
  }

  private apply_(step: Step): void {
    if ("widthPx" in step) return this.guarded_((sink) => sink.screen(step.widthPx, step.heightPx)) as void;
    this.sendGestures_(false);
    if (this.guarded_((sink) => sink.event(step.json)) !== false) this.send_([step.json]);
  }

  private sendGestures_(all: boolean): void {
    const lines = this.guarded_((sink) => sink.take(all));
    if (lines && lines.length > 0) this.send_(lines);
  }

  private guarded_<T>(call: (sink: Sink) => T): T | undefined {
    if (this.sink === null) return undefined;
    try {
      return call(this.sink);
    } catch (error) {
      this.sink = this.broken_(error);
      return undefined;
    }
  }
}
