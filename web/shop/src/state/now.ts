import { useEffect, useState } from "react";

// The time, told anew every `every_ms` while something on the page depends on it.
export function useNow(every_ms: number, wanted = true): number {
  const [now_ms, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => setNow(Date.now()), every_ms);
    return () => clearInterval(timer);
  }, [every_ms, wanted]);
  return now_ms;
}
