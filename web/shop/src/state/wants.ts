// What the slider of local services offers for picking: needs, scenes and tags, each with the reason for which it stands
// there. A shop without the scene, or without tags, offers nothing.
import { askScene } from "../api/scenes";
import type { SceneItem } from "../api/types";
import { Store } from "../../../shared/store";
import { flush } from "./kit";
import { session, shopper } from "./shopper";

export const SLIDER = "scenario-slider";
const SHOWN = 16;

export interface Want {
  id: string; // "need/<name>", with "@<industry>" where it is of one; what a pick names
  name: string;
  reason?: string; // popular, profile or live_intent
  about?: string; // what spoke for it
}

export interface Wants {
  list: Want[];
  request?: string; // of the answer they stood in
}

// The name that an id holds, where nothing else tells it: of a pick from an address.
export function nameOf(id: string): string {
  const name = id.slice(id.indexOf("/") + 1);
  const industry = name.lastIndexOf("@");
  return industry > 0 ? name.slice(0, industry) : name;
}

export function wantOf({ item, display, reasons }: SceneItem): Want {
  const [reason = "", ...about] = (reasons[0] ?? "").split(":");
  const want: Want = { id: item, name: display?.["name"] ?? nameOf(item) };
  if (reason) want.reason = reason;
  if (about.length > 0) want.about = about.join(":");
  return want;
}

// Those offered, and in front of them what is picked, should it not be among them.
export function withPick(list: readonly Want[], pick: string | undefined): Want[] {
  if (pick === undefined || list.some(({ id }) => id === pick)) return [...list];
  return [{ id: pick, name: nameOf(pick) }, ...list];
}

export const wants = new Store<Wants>({ list: [] });
let asked = 0;

// What was told of the visit so far is sent first, so that the answer knows of it. The last question counts.
export async function askWants(category: string | undefined): Promise<void> {
  const mine = ++asked;
  try {
    await flush();
    const context = category ? { category } : {};
    const answer = await askScene(SLIDER, { shopper, session, size: SHOWN, context });
    if (mine === asked) wants.set({ list: answer.items.map(wantOf), request: answer.request_id });
  } catch {
    // The list below works without it, and says itself that the shop does not answer.
  }
}
