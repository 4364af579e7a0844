import { call } from "../../../shared/client";
import type { ShopperFacts } from "./types";

export function readShopper(shopper: string): Promise<ShopperFacts> {
  return call<ShopperFacts>(`/v1/shoppers/${encodeURIComponent(shopper)}`);
}
