import { describe, expect, it } from "vitest";
import { countdownText } from "../format/countdown";
import { added } from "./scores";
import { coupon, couponHolds, couponNews, dropCoupon, grantCoupon, savingOf, type Coupon } from "./coupon";

const held: Coupon = { coupon: "surprise-coupon", percent: 10, expires_ms: 1000, from: "device", probability: 0.2 };

describe("a coupon", () => {
  it("takes its share off until it runs out", () => {
    expect(savingOf(held, 2500, 999)).toBe(250);
    expect(savingOf(held, 2500, 1000)).toBe(0);
    expect(savingOf(null, 2500, 0)).toBe(0);
    expect(couponHolds(held, 1000)).toBe(false);
  });

  it("is news once, and again when it ran out", () => {
    dropCoupon();
    grantCoupon(held, 0);
    expect(couponNews.get()).toBe(true);
    couponNews.set(false);
    grantCoupon({ ...held, expires_ms: 2000 }, 999);
    expect(couponNews.get()).toBe(false);
    expect(coupon.get()).toEqual(held);
    grantCoupon({ ...held, expires_ms: 2000 }, 1000);
    expect(couponNews.get()).toBe(true);
    dropCoupon();
  });
});

describe("a countdown", () => {
  it("tells minutes and seconds, and hours where there are any", () => {
    expect(countdownText(61_000)).toBe("1:01");
    expect(countdownText(3_723_000)).toBe("1:02:03");
    expect(countdownText(1)).toBe("0:01");
    expect(countdownText(-5)).toBe("0:00");
  });
});

describe("the history of scores", () => {
  const score = (at_ms: number) => ({ at_ms, version: "v1", probabilities: {}, from: "device" as const });
  it("forgets what is old and what a clock set back overtook", () => {
    expect(added([score(0), score(5)], score(16 * 60_000))).toEqual([score(16 * 60_000)]);
    expect(added([score(100), score(200)], score(150)).map(({ at_ms }) => at_ms)).toEqual([100, 150]);
  });
});
