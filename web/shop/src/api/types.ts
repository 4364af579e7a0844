// What the HTTP API says, as in docs/formats.md and /openapi.json. Members that the shop does not read are left out.

export interface Money {
  cents: number; // integer minor units
  currency?: string; // ISO 4217; absent: the marketplace's own
}

export interface Item {
  item: string;
  kind?: "goods" | "sku" | "post" | "shop" | "service" | "tag" | "task";
  parent?: string; // of a sku: its goods
  title?: string;
  price?: Money;
  category?: string[]; // top first
  text?: string;
  shop?: string;
  market?: string;
  tags?: string[];
  attributes?: Record<string, string>;
  on_sale?: boolean;
  stock?: number;
}

export interface SceneItem {
  item: string;
  score: number;
  reasons: string[]; // codes, as similar_to:item-7
  display?: Record<string, string>;
  price?: Money; // now, where the scene says it
  with?: string; // another item that is meant together with it
}

export interface Decision {
  offer?: string | null;
  reason?: string;
  target?: string;
  probability?: number;
  low?: number;
  high?: number;
  score_from?: "server" | "device";
  hint?: string; // why the device's score was not taken
  coupon?: string;
  expires_ms?: number;
}

export interface SceneAnswer {
  request_id: string;
  items: SceneItem[];
  decision: Decision | null;
  cursor?: string | null;
  degraded: { cause?: string; stage?: string } | null;
  offer?: PromotionQuote; // of add-on: the one that was completed for
}

export interface SceneRequest {
  shopper: string;
  session?: string;
  size?: number;
  cursor?: string;
  query?: string;
  cart?: { item: string; quantity?: number; ticked?: boolean }[];
  context?: Record<string, unknown>;
}

export interface CartLine {
  item: string;
  quantity: number;
  ticked: boolean;
  price?: Money;
}

export interface Cart {
  shopper: string;
  lines: CartLine[];
  ticked_cents: number;
  currency?: string;
  offers?: Offers | { refused: string }; // refused: why the ticked lines cannot be quoted
}

// What one promotion gives for the ticked lines. Without a further step there is no threshold, gap or saving then.
export interface PromotionQuote {
  promotion: string;
  title?: string;
  eligible_cents: number; // of the ticked lines that count for it
  step: number; // 0: none is reached
  saved_now_cents: number;
  applied: boolean; // one of those that make the best total
  threshold_cents?: number;
  gap_cents?: number;
  saved_then_cents?: number;
  more_cents?: number; // of the best total, then
}

export interface Offers {
  saved_cents: number; // of the best allowed combination
  promotions: PromotionQuote[];
  lines: { item: string; saved_cents: number; promotions: { promotion: string; saved_cents: number }[] }[];
  banner?: { promotion?: string }; // whose step is the nearest
  left_out?: { item: string; reason: string }[]; // ticked, but not to be had
}

export type CartChange =
  | { item: string; add: number }
  | { item: string; remove: true }
  | { item: string; ticked: boolean }
  | { item: string; quantity: number };

export interface Coupon {
  coupon: string;
  granted_ms: number;
  expires_ms: number | null;
  redeemed: boolean;
}

export interface ShopperFacts {
  shopper: string;
  now_ms: number;
  coupons: Coupon[];
}
