// Builds dist/, which `inkling serve --www` serves: the page by vite, the device's core beside it where the kit has one,
// and a compressed twin of every file that gains by it.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const kit = join(here, "../sdk/dist");

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "--noEmit", "--project", here], { stdio: "inherit" });
await build({ root: here, logLevel: "error" });

mkdirSync(join(dist, "edge"), { recursive: true });
for (const core of ["inkling_edge.simd.wasm", "inkling_edge.wasm"]) {
  if (existsSync(join(kit, core))) copyFileSync(join(kit, core), join(dist, "edge", core));
}

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
for (const path of filesIn(dist)) {
  const bytes = readFileSync(path);
  const packed = gzipSync(bytes, { level: 9 });
  if (packed.length < 0.9 * bytes.length) writeFileSync(`${path}.gz`, packed);
}
