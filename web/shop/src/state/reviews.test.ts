import { describe, expect, it } from "vitest";
import { TOPICS } from "./app_tables";
import { reviewsOf } from "./reviews";

describe("simulated reviews", () => {
  it("are the same for the same item", () => {
    expect(reviewsOf("a", 4.2, 80, "en")).toEqual(reviewsOf("a", 4.2, 80, "en"));
  });
  it("speak of the same things in both languages", () => {
    const facts = (language: "en" | "zh") =>
      reviewsOf("a", 3.4, 80, language).map(({ topic, stars, days_ago }) => [topic, stars, days_ago]);
    expect(facts("zh")).toEqual(facts("en"));
  });
  it("cover every topic when there are enough", () => {
    expect(new Set(reviewsOf("a", 4, 80, "en").map(({ topic }) => topic)).size).toBe(TOPICS);
  });
  it("average near the item's rating", () => {
    const stars = Array.from({ length: 200 }, (_, n) => reviewsOf(`item-${n}`, 3, 80, "en"))
      .flat()
      .map((review) => review.stars);
    expect(stars.reduce((sum, each) => sum + each, 0) / stars.length).toBeCloseTo(3, 1);
  });
  it("are not more than ratings", () => {
    expect(reviewsOf("a", 4, 3, "en")).toHaveLength(3);
    expect(reviewsOf("a", 4, 0, "en")).toEqual([]);
  });
});
