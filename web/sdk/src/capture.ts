// The listeners. Fingers by touch events, because pointer events stop with pointercancel once the page scrolls; mouse
// and pen by pointer events; the wheel. All passive, none cancels anything, and none of them allocates: they write
// into the ring and wake whoever reads it. Touches, movements and wheels that scripts made up are ignored. No key,
// input, focus, clipboard or form event is listened to, and of an element only `data-inkling-control` is read.

import type { WallClock } from "./clock.js";
import { type SampleRing, phase, pointerKind } from "./sample_ring.js";

const linePx = 16; // of a wheel that reports lines
const clockGapMs = 5000; // silence after which the clock is looked at before it is believed
const noPlace = 65535; // farther off than any screen; the extractor drops it
const mostFingers = 10;

// What a window is to the listeners, so that tests can stand in for one.
export interface CaptureTarget {
  addEventListener(type: string, listener: (event: never) => void, options: AddEventListenerOptions): void;
  removeEventListener(type: string, listener: (event: never) => void, options: AddEventListenerOptions): void;
}

// The indexes that `data-inkling-control="event button action"` says, on the element or around it.
export interface Control {
  event: number;
  button: number;
  action: number;
}
const noControl: Control = { event: 0, button: 0, action: 0 };

function indexIn(text: string | undefined): number {
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 && value <= 32767 ? value : 0;
}

export function parseControl(text: string): Control {
  const words = text.trim().split(/\s+/);
  return { event: indexIn(words[0]), button: indexIn(words[1]), action: Math.min(indexIn(words[2]), 28) };
}

function bounded(px: number): number {
  return px >= -noPlace && px <= noPlace ? px : noPlace; // and "not a number" has no place
}

export class Capture {
  page = 0; // index of the page kind, written into every sample
  private control_ = noControl;
  private lastStampMs_ = 0;
  private readonly controls_ = new Map<string, Control>();
  private readonly options_ = { passive: true, capture: true };
  private readonly listeners_: [string, (event: never) => void][] = [
    ["touchstart", (event: TouchEvent) => this.touches_(event, phase.down)],
    ["touchmove", (event: TouchEvent) => this.touches_(event, phase.move)],
    ["touchend", (event: TouchEvent) => this.touches_(event, phase.up)],
    ["touchcancel", (event: TouchEvent) => this.touches_(event, phase.cancel)],
    ["pointerdown", (event: PointerEvent) => this.pointer_(event, phase.down)],
    ["pointermove", (event: PointerEvent) => this.pointer_(event, phase.move)],
    ["pointerup", (event: PointerEvent) => this.pointer_(event, phase.up)],
    ["pointercancel", (event: PointerEvent) => this.pointer_(event, phase.cancel)],
    ["wheel", (event: WheelEvent) => this.wheel_(event)],
  ];

  constructor(
    private readonly target_: CaptureTarget,
    private readonly ring_: SampleRing,
    private readonly clock_: WallClock,
    private readonly wake_: () => void,
    private readonly pageHeightPx_: () => number,
  ) {}

  listen(): void {
    for (const [type, listener] of this.listeners_) this.target_.addEventListener(type, listener, this.options_);
  }

  silence(): void {
    for (const [type, listener] of this.listeners_) this.target_.removeEventListener(type, listener, this.options_);
  }

  // A page opened, closed or was hidden: whatever stroke was under way has ended.
  mark(which: typeof phase.enter | typeof phase.leave): void {
    this.control_ = noControl;
    this.ring_.write(this.clock_.now(), which, pointerKind.touch, 0, 0, 0, this.page, 0, 0, 0);
    this.wake_();
  }

  private atMs_(stampMs: number): number {
    if (stampMs - this.lastStampMs_ > clockGapMs) this.clock_.check();
    this.lastStampMs_ = stampMs;
    return this.clock_.at(stampMs);
  }

  private touches_(event: TouchEvent, which: number): void {
    // Looked at once a finger: without a trusted touch, moves and ends mean nothing to the extractor.
    if (which === phase.down) {
      if (!event.isTrusted) return;
      this.control_ = this.controlOf_(event.target);
    }
    const atMs = this.atMs_(event.timeStamp);
    const fingers = event.changedTouches;
    const count = Math.min(fingers.length, mostFingers);
    for (let i = 0; i < count; ++i) {
      const finger = fingers[i]!;
      this.put_(atMs, which, pointerKind.touch, finger.identifier, finger.clientX, finger.clientY);
    }
    this.wake_();
  }

  private pointer_(event: PointerEvent, which: number): void {
    const type = event.pointerType;
    if (type === "touch" || !event.isTrusted) return;
    const kind = type === "pen" ? pointerKind.pen : pointerKind.mouse;
    if (which === phase.down) this.control_ = this.controlOf_(event.target);
    this.put_(this.atMs_(event.timeStamp), which, kind, event.pointerId, event.clientX, event.clientY);
    this.wake_();
  }

  private wheel_(event: WheelEvent): void {
    if (!event.isTrusted) return;
    const unitPx = event.deltaMode === 1 ? linePx : event.deltaMode === 2 ? this.pageHeightPx_() : 1;
    this.put_(this.atMs_(event.timeStamp), phase.wheel, pointerKind.mouse, 0, event.deltaX * unitPx,
      event.deltaY * unitPx);
    this.wake_();
  }

  private put_(atMs: number, which: number, kind: number, id: number, xPx: number, yPx: number): void {
    const control = this.control_;
    this.ring_.write(atMs, which, kind, id, bounded(xPx), bounded(yPx), this.page, control.action, control.event,
      control.button);
  }

  private controlOf_(target: EventTarget | null): Control {
    const element = target as Element | null;
    if (typeof element?.closest !== "function") return noControl;
    const text = element.closest("[data-inkling-control]")?.getAttribute("data-inkling-control");
    if (!text) return noControl;
    let control = this.controls_.get(text);
    if (control === undefined) {
      control = parseControl(text);
      if (this.controls_.size < 1000) this.controls_.set(text, control);
    }
    return control;
  }
}
