import { describe, expect, it } from "vitest";
import { editOf, followerOf, type Form, isComplete } from "./decision";

const form: Form = { who: "Lin", why: "same thing", to: " 上门迅速 ", into: null };
const tag = { kind: "tag", name: "快速上门", industry: "搬家" } as const;

describe("an edit", () => {
  it("names the tag with its industry and, by action, what it becomes", () => {
    expect(editOf({ action: "ban", tag }, form)).toEqual({
      edit: "ban",
      who: "Lin",
      why: "same thing",
      kind: "tag",
      name: "快速上门",
      industry: "搬家",
    });
    expect(editOf({ action: "rename", tag }, form).to).toBe("上门迅速");
    const into = { kind: "tag", name: "上门", industry: "维修" } as const;
    expect(editOf({ action: "merge", tag }, { ...form, into })).toMatchObject({ to: "上门", to_industry: "维修" });
    expect(editOf({ action: "merge", tag }, { ...form, into: { kind: "tag", name: "上门" } })).not.toHaveProperty(
      "to_industry",
    );
    expect(editOf({ action: "split", tag, variant: "快" }, form).variant).toBe("快");
  });
  it("that undoes names a line and no tag", () => {
    const undone = { number: 3, edit: "ban", at_ms: 1, who: "a", why: "b" } as const;
    expect(editOf({ action: "undo", tag, undone }, form)).toEqual({
      edit: "undo",
      who: "Lin",
      why: "same thing",
      line: 3,
    });
  });
  it("is complete with a name, a reason and what the action needs", () => {
    expect(isComplete({ action: "ban", tag }, form)).toBe(true);
    expect(isComplete({ action: "ban", tag }, { ...form, why: " " })).toBe(false);
    expect(isComplete({ action: "ban", tag }, { ...form, who: "" })).toBe(false);
    expect(isComplete({ action: "rename", tag }, { ...form, to: "快速上门" })).toBe(false);
    expect(isComplete({ action: "merge", tag }, form)).toBe(false);
  });
  it("leads on to the tag that is left", () => {
    expect(followerOf(editOf({ action: "rename", tag }, form), tag)).toEqual({ ...tag, name: "上门迅速" });
    const into = { kind: "tag", name: "上门" } as const;
    expect(followerOf(editOf({ action: "merge", tag }, { ...form, into }), tag)).toEqual(into);
    expect(followerOf(editOf({ action: "ban", tag }, form), tag)).toBeNull();
  });
});
