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
  private readonly listeners: [CaptureTarget, string, () => void][];
  private readonly options = { passive: true };

  constructor(private readonly browser: Browser, private readonly listener: LifecycleListener) {
    const { window, document } = browser;
    const visibility = () => (browser.visible() ? listener.shown() : listener.hidden());
    this.listeners = [
      [document, "visibilitychange", visibility],
      [document, "freeze", () => listener.hidden()],
      [document, "resume", visibility],
      [window, "pagehide", () => listener.hidden()],
      [window, "pageshow", visibility],
      [window, "online", () => listener.online()],
      [window, "resize", () => this.resized()],
    ];
    this.screenPx = browser.screenPx();
  }

  screenPx: [number, number];

  listen(): void {
    for (const [target, type, listener] of this.listeners) target.addEventListener(type, listener, this.options);
  }

  silence(): void {
    for (const [target, type, listener] of this.listeners) target.removeEventListener(type, listener, this.options);
  }

  private resized(): void {
    const [width, height] = this.browser.screenPx();
    const [oldWidth, oldHeight] = this.screenPx;
    if (width === oldWidth && Math.abs(height - oldHeight) <= smallHeightChange * oldHeight) return;
    this.screenPx = [width, height];
    this.listener.resized(width, height);
  }
}
