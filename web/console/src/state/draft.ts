// The post that somebody is writing, one for each template, for as long as the page lives.
import { Store } from "../../../shared/store";
import type { Attributes, Field, Post, Published, Template, Value } from "../api/posts";
import { centsOf, unitsText } from "../format/money";

// As it was typed or chosen; null: taken out, though the text tells it. What is not there is left to the text.
export type Typed = string | boolean | null;

export interface Draft {
  post: string; // its id
  text: string;
  title: string;
  shop: string;
  market: string;
  category: string; // "Repair / Air conditioners"
  tags: string; // "fast, honest"
  typed: Readonly<Record<string, Typed>>;
  published: Published | null; // the answer to the last publishing that holds
}

const ID_LETTERS = 10;
const newId = (): string =>
  `post-${Array.from(crypto.getRandomValues(new Uint8Array(ID_LETTERS)), (byte) => (byte % 36).toString(36)).join("")}`;

export const blank = (): Draft => ({
  post: newId(),
  text: "",
  title: "",
  shop: "",
  market: "",
  category: "",
  tags: "",
  typed: {},
  published: null,
});

const drafts = new Map<string, Store<Draft>>();

export function draftOf(template: string): Store<Draft> {
  const before = drafts.get(template);
  if (before) return before;
  const draft = new Store(blank());
  drafts.set(template, draft);
  return draft;
}

const PLAIN_NUMBER = /^\s*-?\d+([.]\d+)?\s*$/;

// What the API is told. A number with its unit ("15 公里", "6.5元") goes as it is; the server knows units.
export function valueOf({ kind }: Field, typed: Typed): Value {
  if (typed === null || typeof typed === "boolean") return typed;
  if (typed.trim() === "") return null;
  if (kind === "number" && PLAIN_NUMBER.test(typed)) return Number(typed);
  return kind === "money" ? (centsOf(typed) ?? typed) : typed;
}

export const attributesOf = ({ fields }: Template, typed: Draft["typed"]): Attributes =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const each = typed[field.field];
      return each === undefined ? [] : [[field.field, valueOf(field, each)]];
    }),
  );

// How the form shows what the check read.
export function shownOf({ kind }: Field, read: Value | undefined): Typed {
  if (read === undefined || read === null) return null;
  if (kind === "money" && typeof read === "number") return unitsText(read);
  return typeof read === "number" ? String(Number(read.toPrecision(6))) : read;
}

const listed = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((each) => each.trim())
    .filter(Boolean);

export function postOf(template: string, draft: Draft, attributes: Attributes): Post {
  const post: Post = { template, title: draft.title.trim(), attributes };
  for (const member of ["text", "shop", "market"] as const) if (draft[member].trim()) post[member] = draft[member].trim();
  const [category, tags] = [listed(draft.category, /[/>]/), listed(draft.tags, /[,，、]/)];
  if (category.length > 0) post.category = category;
  if (tags.length > 0) post.tags = tags;
  return post;
}
