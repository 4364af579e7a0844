// Who is looking. Before and without consent: a name that lives as long as the tab and is never told to the kit. With
// consent: one that comes back.
import { forget, isOneOf, isText, keep, recall } from "./keep";
import { Store } from "../../../shared/store";

export type Answer = "none" | "granted" | "denied";

function newName(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `${prefix}-${btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "a")
    .replaceAll("/", "b")}`;
}

export const newId = newName;
export const consent = new Store<Answer>(recall("local", "consent", "none", isOneOf(["none", "granted", "denied"])));

function named(): string {
  const before = recall("local", "shopper", "", isText) || recall("session", "shopper", "", isText);
  const name = before || newName("guest");
  keep(consent.get() === "granted" ? "local" : "session", "shopper", name);
  return name;
}

export const shopper = named();

export const session = (() => {
  const name = recall("session", "visit", "", isText) || newName("visit");
  keep("session", "visit", name);
  return name;
})();

export function answerConsent(answer: "granted" | "denied"): void {
  keep("local", "consent", answer);
  if (answer === "granted") keep("local", "shopper", shopper);
  else forget("local", "shopper");
  keep("session", "shopper", shopper);
  consent.set(answer);
}
