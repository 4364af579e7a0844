import { useEffect, useState } from "react";
import { shelf } from "../api/items";
import type { Item } from "../api/types";

// Facts of these items, by id; those that are not to be had are missing.
export function useItems(ids: readonly string[]): ReadonlyMap<string, Item> {
  const [items, setItems] = useState<ReadonlyMap<string, Item>>(new Map());
  const key = ids.join("\n");
  useEffect(() => {
    let wanted = true;
    const asked = key === "" ? [] : key.split("\n");
    shelf.getAll(asked).then(
      (found) => wanted && setItems(new Map(found.map((item) => [item.item, item]))),
      () => undefined, // the list itself says that the shop does not answer
    );
    return () => void (wanted = false);
  }, [key]);
  return items;
}
