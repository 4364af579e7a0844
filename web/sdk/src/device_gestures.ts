// With the core on the device: samples and page events go into it, swipes and taps come out. Gestures are taken
// before every page event, so that the journal's order equals the order in which the core folded.

import { type Edge, edgeStatus, statusOf } from "./edge.js";
import type { EventWriter } from "./events.js";
import type { Sink } from "./recorder.js";
import type { Problem } from "./types.js";

const largestPx = 32767; // of a screen that the core knows

export class DeviceGestures implements Sink {
  gestureCount = 0; // swipes and taps seen in this session
  private finished_: string[] = [];

  constructor(
    private readonly edge_: Edge,
    private readonly events_: EventWriter,
    private readonly problem_: (problem: Problem) => void,
  ) {}

  screen(widthPx: number, heightPx: number): void {
    const size = (px: number) => Math.max(1, Math.min(largestPx, px || 1));
    this.withRoom_(() => this.edge_.screen(size(widthPx), size(heightPx)));
  }

  samples(packed: Uint8Array): void {
    this.withRoom_(() => this.edge_.samples(packed));
  }

  event(json: string): boolean {
    try {
      this.edge_.event(json);
      return true;
    } catch (error) {
      if (statusOf(error) === null) throw error;
      this.problem_({ code: "event_refused", message: (error as Error).message });
      return false;
    }
  }

  take(): string[] {
    this.drain_();
    const taken = this.finished_;
    this.finished_ = [];
    return taken;
  }

  free(): void {
    this.edge_.free();
  }

  private withRoom_(call: () => void): void {
    try {
      call();
    } catch (error) {
      const status = statusOf(error);
      if (status === null) throw error;
      const { message } = error as Error;
      if (status !== edgeStatus.full) return this.problem_({ code: "samples_lost", message });
      this.drain_();
      call();
    }
  }

  private drain_(): void {
    for (const batch of this.edge_.takeGestures()) {
      this.gestureCount += batch.swipes.length + batch.taps.length;
      this.finished_.push(this.events_.gestures(batch));
    }
  }
}
