// When the page comes into sight and goes out of it, changes its size, and when the network returns.

import type { Browser } from "./browser.js";
import type { CaptureTarget } from "./capture.js";

const smallHeightChange = 0.2; // an address bar that slides away is no new screen, and must not cut a swipe in two

export interface LifecycleListener {
  shown(): void;
  hidden(): void;
  resized(widthPx: number, heightPx: number): void;
  online(): void;
}

export class Lifecycle {
  private readonly listeners_: [CaptureTarget, string, () => void][];
  private readonly options_ = { passive: true };

  constructor(private readonly browser_: Browser, private readonly listener_: LifecycleListener) {
    const { window, document } = browser_;
    const visibility = () => (browser_.visible() ? listener_.shown() : listener_.hidden());
    this.listeners_ = [
      [document, "visibilitychange", visibility],
      [document, "freeze", () => listener_.hidden()],
      [document, "resume", visibility],
      [window, "pagehide", () => listener_.hidden()],
      [window, "pageshow", visibility],
      [window, "online", () => listener_.online()],
      [window, "resize", () => this.resized_()],
    ];
    this.screenPx = browser_.screenPx();
  }

  screenPx: [number, number];

  listen(): void {
    for (const [target, type, listener] of this.listeners_) target.addEventListener(type, listener, this.options_);
  }

  silence(): void {
    for (const [target, type, listener] of this.listeners_) target.removeEventListener(type, listener, this.options_);
  }

  private resized_(): void {
    const [width, height] = this.browser_.screenPx();
    const [oldWidth, oldHeight] = this.screenPx;
    if (width === oldWidth && Math.abs(height - oldHeight) <= smallHeightChange * oldHeight) return;
    this.screenPx = [width, height];
    this.listener_.resized(width, height);
  }
}
