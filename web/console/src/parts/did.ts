import type { Edit, EditLine } from "../api/types";
import type { Texts } from "../i18n/en";

// What a decision did, in a clause.
export function didText(t: Texts, edit: Edit | EditLine): string {
  const undone = "undoes" in edit ? edit.undoes : "line" in edit ? edit.line : undefined;
  return t.did[edit.edit](edit.name ?? "", edit.edit === "undo" ? String(undone) : (edit.to ?? ""), edit.variant ?? "");
}
