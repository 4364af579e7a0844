// What /v1/tags tells, as the OpenAPI document has it.

export const KINDS = ["tag", "category", "need", "dimension", "scene"] as const;
export type Kind = (typeof KINDS)[number];
export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

export const SOURCES = ["title", "body", "review", "query"] as const;
export type Source = (typeof SOURCES)[number];

export const EDGE_TYPES = [
  "in_category",
  "in_dimension",
  "similar",
  "need_of",
  "served_by",
  "merges",
  "hyponym",
  "shown_in",
] as const;
export type EdgeType = (typeof EDGE_TYPES)[number];

export interface TagKey {
  kind: Kind;
  name: string;
  industry?: string;
}

export interface Tag extends TagKey {
  polarity?: -1 | 0 | 1;
  accepted: boolean;
  count: number;
  counts: Record<Source, number>;
}

export interface Edge {
  type: EdgeType;
  direction: "in" | "out";
  other: Tag;
  weight: number;
  evidence: { signal: string; value: number }[];
}

export interface TagPage extends Tag {
  variants: string[];
  examples: string[];
  edges: Edge[];
  edge_counts: { type: EdgeType; direction: "in" | "out"; count: number }[];
}

export interface Filter {
  q?: string;
  kind?: string;
  category?: string;
  polarity?: string;
}

export interface Found {
  version: string;
  edit_lines: number;
  total: number;
  tags: Tag[];
}

export type Action = "accept" | "ban" | "rename" | "merge" | "split" | "undo";

export interface Edit extends Partial<TagKey> {
  edit: Action;
  who: string;
  why: string;
  to?: string;
  to_industry?: string;
  variant?: string;
  line?: number;
}

export interface EditLine extends Omit<Edit, "line"> {
  number: number;
  at_ms: number;
  undoes?: number;
  undone_by?: number;
  unfit?: string;
}

export const sameTag = (a: TagKey, b: TagKey): boolean =>
  a.kind === b.kind && a.name === b.name && (a.industry ?? "") === (b.industry ?? "");
