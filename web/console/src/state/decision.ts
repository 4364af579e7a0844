// The decision that an editor is about to make, and the sentence about the last one that was made.
import { Store } from "../../../shared/store";
import { sendEdit } from "../api/tags";
import type { Action, Edit, EditLine, TagKey } from "../api/types";
import { go } from "../route";
import { askAgain } from "./answers";

export interface Proposal {
  action: Action;
  tag: TagKey; // of undo: that of the decision to be undone
  variant?: string; // of split
  undone?: EditLine; // of undo
}

export const proposal = new Store<Proposal | null>(null);
export const decide = (proposed: Proposal): void => proposal.set(proposed);

export interface Done {
  number: number;
  edit: Edit;
}
export const done = new Store<Done | null>(null);

// What the editor filled in.
export interface Form {
  who: string;
  why: string;
  to: string; // of rename
  into: TagKey | null; // of merge
}

export function editOf({ action, tag, variant, undone }: Proposal, { who, why, to, into }: Form): Edit {
  if (action === "undo") return { edit: action, who, why, line: undone?.number ?? 0 };
  const edit: Edit = { edit: action, who, why, kind: tag.kind, name: tag.name };
  if (tag.industry) edit.industry = tag.industry;
  if (action === "rename") edit.to = to.trim();
  if (action === "split" && variant) edit.variant = variant;
  if (action === "merge" && into) {
    edit.to = into.name;
    if (into.industry) edit.to_industry = into.industry;
  }
  return edit;
}

export function isComplete({ action, tag }: Proposal, { who, why, to, into }: Form): boolean {
  if (!who.trim() || !why.trim()) return false;
  if (action === "rename") return to.trim() !== "" && to.trim() !== tag.name;
  return action !== "merge" || into !== null;
}

// The tag under whose name the editor goes on, where the old one is gone.
export function followerOf(edit: Edit, tag: TagKey): TagKey | null {
  if (edit.edit !== "rename" && edit.edit !== "merge") return null;
  const industry = edit.edit === "merge" ? edit.to_industry : tag.industry;
  const next: TagKey = { kind: tag.kind, name: edit.to ?? tag.name };
  return industry ? { ...next, industry } : next;
}

// Throws an ApiProblem.
export async function send(proposed: Proposal, form: Form): Promise<void> {
  const edit = editOf(proposed, form);
  const number = await sendEdit(edit);
  proposal.set(null);
  done.set({ number, edit });
  const follower = followerOf(edit, proposed.tag);
  if (follower) go({ at: "tags", filter: {}, tag: follower }, "replace");
  askAgain();
}
