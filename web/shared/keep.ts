// The browser's storage, which may be full, forbidden or hold what another version wrote: reading falls back, writing
// may do nothing. `session` forgets when the tab is closed. Keys begin with the application's name.

export type Keeper = "session" | "local";

const storage = (keeper: Keeper): Storage => (keeper === "local" ? localStorage : sessionStorage);

export class Storekeeper {
  constructor(private readonly application: string) {}

  recall = <T>(keeper: Keeper, key: string, fallback: T, fits: (value: unknown) => value is T): T => {
    try {
      const value: unknown = JSON.parse(storage(keeper).getItem(this.named(key)) ?? "null");
      return fits(value) ? value : fallback;
    } catch {
      return fallback;
    }
  };

  keep = (keeper: Keeper, key: string, value: unknown): void => {
    try {
      storage(keeper).setItem(this.named(key), JSON.stringify(value));
    } catch {
      // Full or forbidden: the page goes on without.
    }
  };

  forget = (keeper: Keeper, key: string): void => {
    try {
      storage(keeper).removeItem(this.named(key));
    } catch {
      // As above.
    }
  };

  private named(key: string): string {
    return `${this.application}.${key}`;
  }
}

export const isText = (value: unknown): value is string => typeof value === "string";
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
export const isOneOf =
  <T extends string>(names: readonly T[]) =>
  (value: unknown): value is T =>
    names.includes(value as T);
