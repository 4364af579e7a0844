// The listeners. Fingers by touch events, because pointer events stop with pointercancel once the page scrolls; mouse
// and pen by pointer events; the wheel. All passive, none cancels anything, and none of them allocates: they write into
// the ring and wake whoever reads it. Events that scripts made up are ignored. No key, input, focus, clipboard or
// form event is listened to, and of an element only `data-inkling-control` is read.

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
  private control = noControl;
  private lastStampMs = 0;
  private readonly controls = new Map<string, Control>();
  private readonly options = { passive: true, capture: true };
  private readonly listeners: [string, (event: never) => void][] = [
    ["touchstart", (event: TouchEvent) => this.touches(event, phase.down)],
    ["touchmove", (event: TouchEvent) => this.touches(event, phase.move)],
    ["touchend", (event: TouchEvent) => this.touches(event, phase.up)],
    ["touchcancel", (event: TouchEvent) => this.touches(event, phase.cancel)],
    ["pointerdown", (event: PointerEvent) => this.pointer(event, phase.down)],
    ["pointermove", (event: PointerEvent) => this.pointer(event, phase.move)],
    ["pointerup", (event: PointerEvent) => this.pointer(event, phase.up)],
    ["pointercancel", (event: PointerEvent) => this.pointer(event, phase.cancel)],
    ["wheel", (event: WheelEvent) => this.wheel(event)],
  ];

  constructor(
    private readonly target: CaptureTarget,
    private readonly ring: SampleRing,
    private readonly clock: WallClock,
    private readonly wake: () => void,
    private readonly pageHeightPx: () => number,
  ) {}

  listen(): void {
    for (const [type, listener] of this.listeners) this.target.addEventListener(type, listener, this.options);
  }

  silence(): void {
    for (const [type, listener] of this.listeners) this.target.removeEventListener(type, listener, this.options);
  }

  // A page opened, closed or was hidden: whatever stroke was under way has ended.
  mark(which: typeof phase.enter | typeof phase.leave): void {
    this.control = noControl;
    this.ring.write(this.clock.now(), which, pointerKind.touch, 0, 0, 0, this.page, 0, 0, 0);
    this.wake();
  }

  private atMs(stampMs: number): number {
    if (stampMs - this.lastStampMs > clockGapMs) this.clock.check();
    this.lastStampMs = stampMs;
    return this.clock.at(stampMs);
  }

  private touches(event: TouchEvent, which: number): void {
    if (!event.isTrusted) return;
    const atMs = this.atMs(event.timeStamp);
    if (which === phase.down) this.control = this.controlOf(event.target);
    const fingers = Math.min(event.changedTouches.length, mostFingers);
    for (let i = 0; i < fingers; ++i) {
      const finger = event.changedTouches[i]!;
      this.put(atMs, which, pointerKind.touch, finger.identifier, finger.clientX, finger.clientY);
    }
    this.wake();
  }

  private pointer(event: PointerEvent, which: number): void {
    if (!event.isTrusted || event.pointerType === "touch") return;
    const kind = event.pointerType === "pen" ? pointerKind.pen : pointerKind.mouse;
    if (which === phase.down) this.control = this.controlOf(event.target);
    this.put(this.atMs(event.timeStamp), which, kind, event.pointerId, event.clientX, event.clientY);
    this.wake();
  }

  private wheel(event: WheelEvent): void {
    if (!event.isTrusted) return;
    const unitPx = event.deltaMode === 1 ? linePx : event.deltaMode === 2 ? this.pageHeightPx() : 1;
    this.put(this.atMs(event.timeStamp), phase.wheel, pointerKind.mouse, 0, event.deltaX * unitPx,
      event.deltaY * unitPx);
    this.wake();
  }

  private put(atMs: number, which: number, kind: number, id: number, xPx: number, yPx: number): void {
    const control = this.control;
    this.ring.write(atMs, which, kind, id, bounded(xPx), bounded(yPx), this.page, control.action, control.event,
      control.button);
  }

  private controlOf(target: EventTarget | null): Control {
    const element = target as Element | null;
    if (typeof element?.closest !== "function") return noControl;
    const text = element.closest("[data-inkling-control]")?.getAttribute("data-inkling-control");
    if (!text) return noControl;
    let control = this.controls.get(text);
    if (control === undefined) {
      control = parseControl(text);
      if (this.controls.size < 1000) this.controls.set(text, control);
    }
    return control;
  }
}
