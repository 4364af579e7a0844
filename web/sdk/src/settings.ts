// The options with their defaults, and the sentences about wrong ones.

import { BadCall, checkedId } from "./events.js";
import type { Options } from "./types.js";

export interface Settings extends Options {
  model: string;
  precision: "float" | "fp16" | "int8";
  pages: readonly string[];
  pageEvents: "all" | "views";
  flushEveryMs: number;
  scoreEveryMs: number;
  wasmFolder: URL | null; // null: switched off
}

function atLeast(name: string, value: number | undefined, least: number, usual: number): number {
  if (value === undefined) return usual;
  if (!(value >= least)) throw new BadCall(`${name}: ${value} is too small; at least ${least}`);
  return value;
}

function oneOf<T extends string>(name: string, value: T | undefined, known: readonly T[]): T {
  if (value === undefined) return known[0]!;
  if (known.includes(value)) return value;
  throw new BadCall(`${name}: "${value}" does not exist; expected one of ${known.join(" ")}`);
}

function folder(wasm: string | URL | undefined, module: string, page: string): URL | null {
  if (wasm === "") return null;
  if (wasm === undefined) return new URL(".", module);
  const text = String(wasm);
  return new URL(text.endsWith("/") ? text : `${text}/`, page);
}

// `module` and `page`: the addresses that relative ones are resolved against.
export function settingsOf(options: Options, module: string, page: string): Settings {
  const { coupon } = options;
  checkedId("shopper", options.shopper);
  if (options.session !== undefined) checkedId("session", options.session);
  if (typeof options.server !== "string") throw new BadCall('server: expected an address, or "" for the page\'s own');
  if (coupon && !(coupon.low >= 0 && coupon.low <= coupon.high && coupon.high <= 1)) {
    throw new BadCall(`coupon: the band ${coupon.low} to ${coupon.high} is not within 0 to 1`);
  }
  return {
    ...options,
    server: options.server.replace(/\/+$/, ""),
    consent: oneOf("consent", options.consent, ["ask", "granted", "denied"]),
    model: checkedId("model", options.model ?? "dipn"),
    precision: oneOf("precision", options.precision, ["int8", "fp16", "float"]),
    pages: options.pages ?? [],
    pageEvents: oneOf("pageEvents", options.pageEvents, ["all", "views"]),
    flushEveryMs: atLeast("flushEveryMs", options.flushEveryMs, 1000, 10_000),
    scoreEveryMs: atLeast("scoreEveryMs", options.scoreEveryMs, 50, 500),
    wasmFolder: folder(options.wasm, module, page),
  };
}
