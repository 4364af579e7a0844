// Everything that goes on while consent is granted: made when it is, ended when it is withdrawn or the application
// stops. Joins the parts; each part says itself what it does.

import type { Browser } from "./browser.js";
import { Capture } from "./capture.js";
import { WallClock } from "./clock.js";
import { CouponAsker } from "./coupon.js";
import { loadDevice } from "./device.js";
import { DeviceGestures } from "./device_gestures.js";
import type { Edge } from "./edge.js";
import { EventSender } from "./event_sender.js";
import { EventWriter, checkedFields } from "./events.js";
import { Lifecycle } from "./lifecycle.js";
import { Meter } from "./meter.js";
import { Outbox } from "./outbox.js";
import { Pages } from "./pages.js";
import { RawSamples } from "./raw_samples.js";
import { Recorder, type Sink } from "./recorder.js";
import { SampleRing, phase } from "./sample_ring.js";
import { keepSession, sessionName, tabStorage } from "./session.js";
import type { Settings } from "./settings.js";
import type { ActionFields, ActionName, PageFields, Problem, Score, ViewAttention } from "./types.js";

const pumpMs = 4; // of an idle moment; a frame has 16
const decideMs = 10_000; // how long samples wait for the core
const sendFirstMs = 2000; // how long a question about a coupon waits for events to be sent

export class Watch {
  private readonly clock_ = new WallClock();
  private readonly ring_ = new SampleRing();
  private readonly loading_ = new AbortController();
  private readonly events_: EventWriter;
  private readonly recorder_: Recorder;
  private readonly capture_: Capture;
  private readonly pages_: Pages;
  private readonly outbox_: Outbox;
  private readonly meter_: Meter;
  private readonly coupon_: CouponAsker | null;
  private readonly lifecycle_: Lifecycle;
  private readonly work_: () => void;
  private device_: { edge: Edge; gestures: DeviceGestures } | null = null;
  private flushTimer_: ReturnType<typeof setTimeout> | undefined;
  private decideTimer_: ReturnType<typeof setTimeout> | undefined;
  private ended_ = false;

  constructor(private readonly settings_: Settings, private readonly browser_: Browser) {
    const session = settings_.session ?? sessionName(tabStorage(), this.clock_.now());
    this.events_ = new EventWriter(settings_.shopper, session);
    this.outbox_ = new Outbox({
      open: () => browser_.openStore(settings_.server),
      sender: new EventSender(`${settings_.server}/v1/events`),
      problem: this.problem_,
      exclusively: browser_.exclusively as <T>(run: () => Promise<T>) => Promise<T>,
    });
    this.recorder_ = new Recorder(this.ring_, (lines) => this.outbox_.add(lines), (error) => this.broken_(error));
    this.work_ = browser_.whenIdle(() => this.read_());
    const wake = () => this.wake_();
    this.capture_ = new Capture(browser_.window, this.ring_, this.clock_, wake, () => this.screenPx_[1]);
    this.pages_ = this.newPages_();
    this.meter_ = new Meter(settings_.scoreEveryMs, () => this.deviceScore_(), (score) => this.scored_(score));
    this.coupon_ = this.newCoupon_(session);
    this.lifecycle_ = this.newLifecycle_();
    this.begin_();
  }

  page(kind: string, fields: PageFields): void {
    const { item, category, request, price } = fields;
    const known = { item, category, request, price } as ActionFields;
    this.pages_.enter(String(kind), checkedFields(known), this.browser_.visible());
    this.wake_();
  }

  action(name: ActionName, fields: ActionFields): void {
    const checked = checkedFields(fields);
    if (name !== "view" && name !== "click") this.pages_.actsOn(checked.item);
    this.tell_(name, this.pages_.kind, checked);
  }

  score(): Score | null {
    if (this.device_) this.recorder_.pump(Infinity);
    return this.meter_.read();
  }

  explain(): ViewAttention[] | null {
    this.recorder_.pump(Infinity);
    try {
      return this.device_?.edge.explain(this.clock_.now()) ?? null;
    } catch (error) {
      this.recorder_.sink = this.broken_(error);
      return null;
    }
  }

  async flush(now = true): Promise<void> {
    clearTimeout(this.flushTimer_);
    this.flushTimer_ = undefined;
    this.recorder_.finish(false);
    await this.outbox_.flush(now);
  }

  async stop(): Promise<void> {
    this.pages_.leave();
    this.decide_();
    this.recorder_.finish(true);
    this.end_();
    await this.outbox_.flush(true);
    await this.outbox_.close(false);
  }

  // Consent is withdrawn: nothing more is sent, and nothing stays.
  async forget(): Promise<void> {
    this.end_();
    await this.outbox_.close(true);
  }

  private begin_(): void {
    this.lifecycle_.listen();
    this.capture_.listen();
    void this.outbox_.flush(); // what an earlier visit left
    if (this.settings_.wasmFolder === null) return this.use_(new RawSamples(this.events_));
    this.decideTimer_ = setTimeout(() => this.decide_(), decideMs);
    void this.loadCore_(this.settings_.wasmFolder);
  }

  private end_(): void {
    this.ended_ = true;
    this.lifecycle_.silence();
    this.capture_.silence();
    this.loading_.abort();
    this.coupon_?.stop();
    this.meter_.stop();
    clearTimeout(this.flushTimer_);
    clearTimeout(this.decideTimer_);
    this.device_ = null;
    this.recorder_.clear();
  }

  private async loadCore_(wasm: URL): Promise<void> {
    const { server, model, precision, shopper } = this.settings_;
    try {
      const options = { server, model, precision, shopper, wasm };
      const edge = await loadDevice(options, this.browser_.loadEdge, this.loading_.signal);
      if (this.ended_) return edge.free();
      const gestures = new DeviceGestures(edge, this.events_, this.problem_);
      this.recorder_.finish(true); // of raw samples, had they been read for want of the core
      this.device_ = { edge, gestures };
      this.use_(gestures);
    } catch (error) {
      if (this.ended_) return;
      this.problem_({ code: "device", message: `no score on this device: ${(error as Error).message}` });
      this.decide_();
    }
  }

  private decide_(): void {
    if (this.recorder_.sink === null) this.use_(new RawSamples(this.events_));
  }

  private use_(sink: Sink): void {
    clearTimeout(this.decideTimer_);
    this.recorder_.sink = sink;
    sink.screen(...this.screenPx_);
    this.wake_();
  }

  // The core failed in a way that says nothing about its input: it is not to be trusted any more.
  private broken_(error: unknown): Sink {
    const edge = this.device_?.edge;
    this.device_ = null;
    this.problem_({ code: "device", message: `the core on this device failed: ${(error as Error).message}` });
    try {
      edge?.free();
    } catch {
      // it is gone either way
    }
    const raw = new RawSamples(this.events_);
    raw.screen(...this.screenPx_);
    return raw;
  }

  private get screenPx_(): [number, number] {
    return this.lifecycle_.screenPx;
  }

  private wake_(): void {
    if (!this.ended_) this.work_();
  }

  private read_(): void {
    if (this.ended_) return;
    this.clock_.check();
    this.flushTimer_ ??= setTimeout(() => void this.flushInTime_(), this.settings_.flushEveryMs);
    if (this.ring_.waiting > this.ring_.capacity * 0.75) this.decide_();
    if (!this.recorder_.pump(pumpMs)) this.work_();
    if (this.ring_.lost > 0) {
      this.problem_({ code: "samples_lost", message: `${this.ring_.lost} pointer samples came too fast` });
      this.ring_.lost = 0;
    }
    if (this.device_) this.meter_.touched();
  }

  private async flushInTime_(): Promise<void> {
    const { session } = this.events_;
    if (this.settings_.session === undefined) keepSession(tabStorage(), session, this.clock_.now());
    await this.flush(false);
    if (!this.device_ && !this.ended_) this.coupon_?.eventsSent();
  }

  private tell_(name: ActionName, page: string, fields: ActionFields): void {
    this.recorder_.event(this.events_.action(this.clock_.now(), name, page, fields));
    this.wake_();
  }

  private deviceScore_(): Score | null {
    if (this.device_ === null) return null;
    const { info } = this.device_.edge;
    const at_ms = Math.round(this.clock_.now());
    try {
      const probs = this.device_.edge.score(at_ms);
      const probabilities: Record<string, number> = {};
      info.targets.forEach((target, i) => (probabilities[target.name] = probs[i] ?? NaN));
      return { at_ms, version: info.version, probabilities, from: "device" };
    } catch (error) {
      this.recorder_.sink = this.broken_(error);
      return null;
    }
  }

  private scored_(score: Score): void {
    this.coupon_?.deviceScored(score);
    this.heard_(() => this.settings_.onScore?.(score));
  }

  private readonly problem_ = (problem: Problem): void => this.heard_(() => this.settings_.onProblem?.(problem));

  // An application's callback that throws must not stop the kit; the browser reports it as any other error.
  private heard_(call: () => void): void {
    try {
      call();
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }

  private newPages_(): Pages {
    return new Pages(this.settings_.pages, {
      tell: (name, page, fields) => this.tell_(name, page, fields),
      entered: (index) => {
        this.capture_.page = index;
        this.capture_.mark(phase.enter);
      },
      left: () => this.capture_.mark(phase.leave),
    }, () => performance.now(), this.settings_.pageEvents);
  }

  private newCoupon_(session: string): CouponAsker | null {
    const { coupon, server, shopper, model } = this.settings_;
    if (!coupon) return null;
    return new CouponAsker(coupon, {
      server, shopper, session, model,
      sendEvents: () => Promise.race([this.flush(), new Promise<void>((done) => setTimeout(done, sendFirstMs))]),
      gestureCount: () => this.device_?.gestures.gestureCount ?? 0,
      heard: (decision) => this.heard_(() => this.settings_.onCoupon?.(decision)),
      scored: (score) => this.meter_.put(score),
      problem: this.problem_,
      wallNowMs: () => this.clock_.now(),
    });
  }

  private newLifecycle_(): Lifecycle {
    return new Lifecycle(this.browser_, {
      shown: () => {
        this.clock_.check();
        this.pages_.show();
        this.outbox_.hurry();
      },
      hidden: () => {
        this.pages_.hide();
        this.decide_();
        this.recorder_.finish(true);
        this.outbox_.leave();
      },
      resized: (width, height) => this.recorder_.screen(width, height),
      online: () => this.outbox_.hurry(),
    });
  }
}
