// Builds dist/, which `inkling serve --www` serves: the page, and the device's core beside it where the kit has one.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPages } from "../shared/build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const kit = join(here, "../sdk/dist");

await buildPages(here, (dist) => {
  mkdirSync(join(dist, "edge"), { recursive: true });
  for (const core of ["inkling_edge.simd.wasm", "inkling_edge.wasm"]) {
    if (existsSync(join(kit, core))) copyFileSync(join(kit, core), join(dist, "edge", core));
  }
});
