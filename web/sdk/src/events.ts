// Events in the form of docs/formats.md. Every event gets an id that nobody else makes, so that sending one twice
// counts once. Only the members that the format names are sent: an application that passes more gives away no more.

import type { GestureBatch } from "./edge.js";
import { type ActionFields, type ActionName, type Money, type OrderLine, actionNames } from "./types.js";

const mostIdBytes = 128;
const mostQueryChars = 500;
const mostLines = 100;
const mostDepth = 8;

// An argument that cannot become an event; the message says which and what would be right.
export class BadCall extends Error {}

export function randomName(chars = 14): string {
  const letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  const random = crypto.getRandomValues(new Uint8Array(chars));
  return Array.from(random, (byte) => letters[byte % letters.length]).join("");
}

export function checkedId(name: string, value: unknown): string {
  if (typeof value !== "string" || value === "" || new TextEncoder().encode(value).length > mostIdBytes) {
    throw new BadCall(`${name}: ${JSON.stringify(value)} is not a text of 1 to ${mostIdBytes} bytes`);
  }
  return value;
}

function checkedNumber(name: string, value: unknown, least: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(Math.round(value)) || value < least) {
    throw new BadCall(`${name}: ${String(value)} is not a number from ${least} on`);
  }
  return Math.round(value);
}

function checkedPrice(name: string, value: Money): Money {
  const cents = checkedNumber(`${name}.cents`, value.cents, 0);
  if (value.currency === undefined) return { cents };
  if (!/^[A-Z]{3}$/.test(value.currency)) throw new BadCall(`${name}.currency: expected an ISO 4217 code like "EUR"`);
  return { cents, currency: value.currency };
}

function checkedList<T>(name: string, value: readonly T[], most: number, each: (name: string, value: T) => T): T[] {
  if (!Array.isArray(value) || value.length > most) throw new BadCall(`${name}: expected a list of at most ${most}`);
  return value.map((element: T, i) => each(`${name}[${i}]`, element));
}

function checkedLine(name: string, line: OrderLine): OrderLine {
  const checked: OrderLine = { item: checkedId(`${name}.item`, line.item) };
  if (line.quantity !== undefined) checked.quantity = checkedNumber(`${name}.quantity`, line.quantity, 1);
  if (line.price !== undefined) checked.price = checkedPrice(`${name}.price`, line.price);
  if (line.promotions) checked.promotions = checkedList(`${name}.promotions`, line.promotions, mostLines, checkedId);
  if (line.coupons) checked.coupons = checkedList(`${name}.coupons`, line.coupons, mostLines, checkedId);
  return checked;
}

export function checkedFields(fields: ActionFields): ActionFields {
  const checked: ActionFields = {};
  for (const name of ["id", "item", "tag", "request", "coupon"] as const) {
    if (fields[name] !== undefined) checked[name] = checkedId(name, fields[name]);
  }
  if (fields.category !== undefined) {
    checked.category = checkedList("category", fields.category, mostDepth, checkedId);
  }
  if (fields.query !== undefined) checked.query = String(fields.query).slice(0, mostQueryChars);
  if (fields.stay_ms !== undefined) checked.stay_ms = checkedNumber("stay_ms", fields.stay_ms, 0);
  if (fields.expires_ms !== undefined) checked.expires_ms = checkedNumber("expires_ms", fields.expires_ms, 0);
  if (fields.quantity !== undefined) checked.quantity = checkedNumber("quantity", fields.quantity, 1);
  if (fields.price !== undefined) checked.price = checkedPrice("price", fields.price);
  if (fields.lines !== undefined) checked.lines = checkedList("lines", fields.lines, mostLines, checkedLine);
  return checked;
}

export class EventWriter {
  private readonly prefix_ = `sdk-${randomName()}-`;
  private count_ = 0;

  constructor(readonly shopper: string, readonly session: string) {}

  action(atMs: number, name: ActionName, page: string, fields: ActionFields): string {
    if (!actionNames.includes(name)) {
      throw new BadCall(`action: ${JSON.stringify(name)} does not exist; expected one of ${actionNames.join(" ")}`);
    }
    return JSON.stringify({ ...this.head_("action", atMs), action: name, ...(page && { page }), ...fields });
  }

  gestures(batch: GestureBatch): string {
    const { ts_ms, pointer, swipes, taps } = batch;
    const kind = pointer !== "touch" && { pointer };
    return JSON.stringify({ ...this.head_("gestures", ts_ms), ...kind, swipes, taps });
  }

  samples(atMs: number, pointer: string, screen: [number, number], rows: number[][]): string {
    const kind = pointer !== "touch" && { pointer };
    return JSON.stringify({ ...this.head_("gestures", atMs), ...kind, samples: { screen, rows } });
  }

  private head_(type: string, atMs: number): object {
    const { shopper, session } = this;
    return { type, id: this.prefix_ + ++this.count_, ts_ms: Math.round(atMs), shopper, session };
  }
}
