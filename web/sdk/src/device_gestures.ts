// With the core on the device: samples and page events go into it, swipes and taps come out. Gestures are taken before
// every page event, so that the journal's order equals the order in which the core folded.

import { type Edge, edgeStatus, statusOf } from "./edge.js";
import type { EventWriter } from "./events.js";
import type { Sink } from "./recorder.js";
import type { Problem } from "./types.js";

const largestPx = 32767; // of a screen that the core knows

export class DeviceGestures implements Sink {
  gestureCount = 0; // swipes and taps seen in this session
  private finished: string[] = [];

  constructor(
    private readonly edge: Edge,
    private readonly events: EventWriter,
    private readonly problem: (problem: Problem) => void,
  ) {}

  screen(widthPx: number, heightPx: number): void {
    const size = (px: number) => Math.max(1, Math.min(largestPx, px || 1));
    this.withRoom(() => this.edge.screen(size(widthPx), size(heightPx)));
  }

  samples(packed: Uint8Array): void {
    this.withRoom(() => this.edge.samples(packed));
  }

  event(json: string): boolean {
    try {
      this.edge.event(json);
      return true;
    } catch (error) {
      if (statusOf(error) === null) throw error;
      this.problem({ code: "event_refused", message: (error as Error).message });
      return false;
    }
  }

  take(): string[] {
    this.drain();
    const taken = this.finished;
    this.finished = [];
    return taken;
  }

  free(): void {
    this.edge.free();
  }

  private withRoom(call: () => void): void {
    try {
      call();
    } catch (error) {
      const status = statusOf(error);
      if (status === null) throw error;
      if (status !== edgeStatus.full) return this.problem({ code: "samples_lost", message: (error as Error).message });
      this.drain();
      call();
    }
  }

  private drain(): void {
    for (const batch of this.edge.takeGestures()) {
      this.gestureCount += batch.swipes.length + batch.taps.length;
      this.finished.push(this.events.gestures(batch));
    }
  }
}
