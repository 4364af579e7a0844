// A sentence at the edge of the screen that goes by itself.
import { useEffect } from "react";
import { Store, useStore } from "../../../shared/store";

const SHOWN_MS = 5_000;
const said = new Store<{ text: string; at: number } | null>(null);

export function toast(text: string): void {
  said.set({ text, at: Date.now() });
}

export function Toast() {
  const news = useStore(said);
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => said.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div className="toast" role="status">
      {news && <p>{news.text}</p>}
    </div>
  );
}
