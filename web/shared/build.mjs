// Builds the pages of one application into its dist/: types checked, bundled by vite, and beside every file that gains
// by it a compressed twin. `beside`: called with dist before that, for files that vite does not know.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

export async function buildPages(folder, beside = () => {}) {
  const dist = join(folder, "dist");
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "--noEmit", "--project", folder], { stdio: "inherit" });
  await build({ root: folder, logLevel: "error" });
  beside(dist);
  for (const path of filesIn(dist)) {
    const bytes = readFileSync(path);
    const packed = gzipSync(bytes, { level: 9 });
    if (packed.length < 0.9 * bytes.length) writeFileSync(`${path}.gz`, packed);
  }
}
