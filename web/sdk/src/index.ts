// inkling-sdk: what an application imports. Nothing is listened to, stored or sent before consent is granted.

import { thisBrowser } from "./browser.js";
import { BadCall } from "./events.js";
import { Kit } from "./kit.js";
import { settingsOf } from "./settings.js";
import type { Inkling, Options } from "./types.js";
import { loadEdge } from "./wasm.js";

export type * from "./types.js";
export { BadCall } from "./events.js";

let running: Kit | null = null;

// Rejects with BadCall when an option is wrong, or when the kit runs already: stop() it first, for example when
// another shopper logs in.
export async function start(options: Options): Promise<Inkling> {
  if (running) throw new BadCall("the kit runs already on this page; stop() it first");
  const settings = settingsOf(options, import.meta.url, document.baseURI);
  running = new Kit(settings, thisBrowser(loadEdge), () => (running = null));
  return running;
}
