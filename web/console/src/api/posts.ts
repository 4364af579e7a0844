// The calls of /v1/templates and /v1/posts, as the OpenAPI document has them; each throws an ApiProblem.
import { call } from "../../../shared/client";
import type { ApiProblem } from "../../../shared/problem";

export const FIELD_KINDS = ["choice", "number", "money", "flag", "text"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export interface Names {
  en: string;
  zh: string;
}

export interface Prices {
  version: string;
  posts: number; // that they were learnt from
}

export interface TemplateLine {
  template: string;
  name: Names;
  description?: string;
  fields: number;
  prices?: Prices;
}

export interface Field {
  field: string;
  name: Names;
  kind: FieldKind;
  required: boolean;
  options?: { option: string; name: Names }[];
  unit?: string; // of a number; "": it only counts
  min?: number;
  max?: number; // of money: in cents
}

export interface Template {
  template: string;
  name: Names;
  description?: string;
  price: string | null; // the field that an estimate is about
  fields: Field[];
  prices?: Prices;
}

export type Value = string | number | boolean | null; // null: not told, whatever the text says
export type Attributes = Record<string, Value>;

// Of what counts: not of fields that the attributes tell.
export interface Evidence {
  field: string;
  begin: number; // bytes of the text in UTF-8
  end: number;
}

export interface FieldMistake {
  field: string;
  message: string;
}

export interface Check {
  attributes: Attributes;
  evidence: Evidence[];
  doubts: string[]; // "<field>: ...", or "text: ..." of the whole of it
  mistakes: FieldMistake[];
}

export const VERDICTS = ["usual", "low", "high", "far_below", "far_above"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Quote {
  cents: number;
  verdict: Verdict;
}

export interface Interval {
  low_cents: number; // four of five prices lie from low to high
  middle_cents: number;
  high_cents: number;
  far_low_cents: number; // 98 of 100 lie inside
  far_high_cents: number;
}

export interface Move {
  field: string;
  value: string; // an option, a number, yes, no, "not told", or a word of a text
  factor: number;
}

export interface LikePost {
  item: string;
  likeness: number; // 0 to 1
  price_cents: number;
}

export interface Estimate extends Interval, Prices {
  moves: Move[];
  like_posts: LikePost[];
  quote?: Quote;
}

export interface Post {
  template: string;
  title: string;
  text?: string;
  shop?: string;
  market?: string;
  category?: string[];
  tags?: string[];
  attributes: Attributes;
}

export interface Published {
  item: { item: string };
  sequence: number;
  quote?: { verdict: Verdict };
}

const at = (template: string) => `/v1/templates/${encodeURIComponent(template)}`;

export async function listTemplates(signal?: AbortSignal): Promise<TemplateLine[]> {
  return (await call<{ templates: TemplateLine[] }>("/v1/templates", { signal })).templates;
}

export const tellTemplate = (template: string, signal?: AbortSignal): Promise<Template> =>
  call<Template>(at(template), { signal });

export const checkPost = (template: string, text: string, attributes: Attributes): Promise<Check> =>
  call<Check>(`${at(template)}/check`, { method: "POST", body: { ...(text.trim() && { text }), attributes } });

export const estimatePrice = (template: string, attributes: Attributes, quote_cents?: number): Promise<Estimate> =>
  call<Estimate>(`${at(template)}/estimate`, {
    method: "POST",
    body: { attributes, ...(quote_cents !== undefined && { quote_cents }) },
  });

export const publishPost = (id: string, post: Post): Promise<Published> =>
  call<Published>(`/v1/posts/${encodeURIComponent(id)}`, { method: "PUT", body: post });

export const takeBackPost = (id: string): Promise<unknown> =>
  call(`/v1/posts/${encodeURIComponent(id)}`, { method: "DELETE" });

export async function titlesOf(items: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
  if (items.length === 0) return new Map();
  const ids = items.map(encodeURIComponent).join(",");
  const told = await call<{ items: { item: string; title?: string }[] }>(`/v1/items?ids=${ids}`, { signal });
  return new Map(told.items.map(({ item, title }) => [item, title ?? item]));
}

// The template that a text seems to be of instead.
export function templateMeant(doubts: readonly string[]): string | null {
  for (const doubt of doubts) {
    const found = /^text: .* of ([^ ;]+); is it a post of that template/.exec(doubt);
    if (found?.[1]) return found[1];
  }
  return null;
}

// What a refused post was refused for, field by field.
export function mistakesOf({ body }: ApiProblem): FieldMistake[] {
  if (typeof body !== "object" || body === null || !("mistakes" in body) || !Array.isArray(body.mistakes)) return [];
  return body.mistakes as FieldMistake[];
}
