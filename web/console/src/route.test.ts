import { describe, expect, it } from "vitest";
import { hrefOf, type Route, routeOf } from "./route";

const back = (route: Route): Route => {
  const [path = "", search = ""] = hrefOf(route).split(/(?=\?)/);
  return routeOf(path, search);
};

describe("routes", () => {
  it("lead back to where they came from", () => {
    const routes: Route[] = [
      { at: "tags", filter: {} },
      { at: "tags", filter: { q: "维修 &", kind: "tag", category: "general", polarity: "-1" } },
      { at: "tags", filter: { q: "a" }, tag: { kind: "tag", name: "24/7 上门?", industry: "家电维修" } },
      { at: "tags", filter: {}, tag: { kind: "category", name: "100%" } },
      { at: "edits" },
      { at: "posts" },
      { at: "posts", template: "appliance/repair?" },
    ];
    for (const route of routes) expect(back(route)).toEqual(route);
  });
  it("begin with the tags and do not guess", () => {
    expect(routeOf("/console", "")).toEqual({ at: "tags", filter: {} });
    expect(routeOf("/console/", "")).toEqual({ at: "tags", filter: {} });
    for (const path of ["/console/tags/thing/a", "/console/tags/tag", "/console/what", "/console/edits/1", "/console/posts/a/b", "/tags"]) {
      expect(routeOf(path, ""), path).toEqual({ at: "lost" });
    }
  });
});
