// An event of docs/formats.md as the core reads it (apps/edge/packed_event.h says the order): here JSON is the browser's.
// What no device needs to know (goods, promotions, campaigns, impressions) packs to nothing. Not for sending anywhere.

import { actionNames } from "./types.js";

const types = ["", "shopper", "link", "", "", "", "action", "gestures"];
const pointers = ["touch", "mouse", "pen"];
const encoder = new TextEncoder();

// Not a member that the format knows; the core would refuse the event.
export class Unpackable extends Error {}

// As JSON.parse gave it.
type Members = Record<string, unknown>;

export function packEvent(json: string): Uint8Array | null {
  const bytes: number[] = [];
  // 7 bits a byte, low ones first; numbers may have more bits than the operators of integers take.
  const whole = (value: unknown) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Unpackable(`${JSON.stringify(value)}: no such number`);
    let left = value as number;
    for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
    bytes.push(left);
  };
  const maybe = (value: unknown) => whole(value == null ? 0 : (value as number) + 1);
  const text = (value: unknown) => {
    if (typeof (value ?? "") !== "string") throw new Unpackable(`${JSON.stringify(value)}: no text`);
    const utf8 = encoder.encode((value ?? "") as string);
    whole(utf8.length);
    bytes.push(...utf8);
  };
  const list = <T>(values: unknown, each: (value: T) => void) => {
    const elements = (values ?? []) as T[];
    whole(elements.length);
    elements.forEach(each);
  };
  const place = (names: readonly string[], name: unknown) => whole(names.indexOf(name as string));
  const price = (value: unknown) => {
    if (value == null) return whole(0);
    whole((value as Members).cents as number + 1);
    text((value as Members).currency);
  };
  const row = (cells: number[]) => cells.forEach((cell) => whole(cell < 0 ? -2 * cell - 1 : 2 * cell));

  const event = JSON.parse(json) as Members;
  const type = types.indexOf(event.type as string);
  if (type < 0 || event.type === "") return null;
  whole(type);
  whole(event.ts_ms);
  text(event.id);
  text(event.shopper);
  text(event.session);
  if (event.type === "action") {
    place(actionNames, event.action);
    text(event.item);
    list(event.category, text);
    text(event.page);
    maybe(event.stay_ms);
    text(event.query);
    text(event.tag);
    text(event.request);
    maybe(event.quantity);
    price(event.price);
    list(event.lines, (line: Members) => {
      text(line.item);
      maybe(line.quantity);
      price(line.price);
      list(line.promotions, text);
      list(line.coupons, text);
    });
    text(event.coupon);
    maybe(event.expires_ms);
  } else if (event.type === "gestures") {
    place(pointers, event.pointer ?? "touch");
    list(event.swipes, row);
    list(event.taps, row);
  }
  return new Uint8Array(bytes);
}
