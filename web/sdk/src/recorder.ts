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
  private steps: Step[] = [];

  constructor(
    private readonly ring: SampleRing,
    private readonly send: (lines: string[]) => void,
    private readonly broken: (error: unknown) => Sink, // who reads from now on
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  event(json: string): void {
    this.step({ upTo: this.ring.written, json });
  }

  screen(widthPx: number, heightPx: number): void {
    this.step({ upTo: this.ring.written, widthPx, heightPx });
  }

  get idle(): boolean {
    return this.steps.length === 0 && this.ring.waiting === 0;
  }

  // Reads for about `budgetMs`. False: there is more.
  pump(budgetMs: number): boolean {
    if (this.sink === null) return true;
    const untilMs = this.nowMs() + budgetMs;
    while (!this.idle) {
      if (this.nowMs() > untilMs) return false;
      const step = this.steps[0];
      const upTo = step?.upTo ?? this.ring.written;
      const packed = this.ring.run(upTo, recordsAtOnce);
      if (packed.length > 0) {
        this.guarded((sink) => sink.samples(packed));
        this.ring.release(packed.length / 32);
      } else {
        this.steps.shift();
        if (step) this.apply(step);
      }
    }
    return true;
  }

  // All that is there, and the gestures that it made.
  finish(all: boolean): void {
    this.pump(Infinity);
    this.sendGestures(all);
  }

  clear(): void {
    this.steps = [];
    this.ring.clear();
    this.sink?.free();
    this.sink = null;
  }

  private step(step: Step): void {
    if (this.steps.length >= mostSteps) this.steps.shift();
    this.steps.push(step);
  }

  private apply(step: Step): void {
    if ("widthPx" in step) return this.guarded((sink) => sink.screen(step.widthPx, step.heightPx)) as void;
    this.sendGestures(false);
    if (this.guarded((sink) => sink.event(step.json)) !== false) this.send([step.json]);
  }

  private sendGestures(all: boolean): void {
    const lines = this.guarded((sink) => sink.take(all));
    if (lines && lines.length > 0) this.send(lines);
  }

  private guarded<T>(call: (sink: Sink) => T): T | undefined {
    if (this.sink === null) return undefined;
    try {
      return call(this.sink);
    } catch (error) {
      this.sink = this.broken(error);
      return undefined;
    }
  }
}
