import { describe, expect, it } from "vitest";
import type { SceneItem } from "../api/types";
import { nameOf, wantOf, withPick } from "./wants";

const told = (members: Partial<SceneItem>): SceneItem => ({ item: "need/空调不制冷@空调维修", score: 1, reasons: [], ...members });

describe("what the slider offers", () => {
  it("has the name that the scene shows, and its reason with what it is about", () => {
    expect(wantOf(told({ display: { name: "空调不制冷", kind: "need" }, reasons: ["live_intent:a:b", "popular"] }))).toEqual({
      id: "need/空调不制冷@空调维修",
      name: "空调不制冷",
      reason: "live_intent",
      about: "a:b",
    });
    expect(wantOf(told({ reasons: ["popular"] }))).toMatchObject({ name: "空调不制冷", reason: "popular" });
    expect(wantOf(told({}))).not.toHaveProperty("reason");
  });
  it("is called as its id says where nothing else does", () => {
    expect(nameOf("tag/24/7@a@b")).toBe("24/7@a");
    expect(nameOf("scene/搬家")).toBe("搬家");
    expect(nameOf("tag/@home")).toBe("@home");
  });
  it("always holds what is picked, once", () => {
    const list = [{ id: "need/a", name: "A" }];
    expect(withPick(list, "need/a")).toEqual(list);
    expect(withPick(list, undefined)).toEqual(list);
    expect(withPick(list, "tag/b@c")).toEqual([{ id: "tag/b@c", name: "b" }, ...list]);
  });
});
