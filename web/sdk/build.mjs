// Builds dist/: the types by tsc, the code by vite as one minified module, and the core beside it where there is one
// (build/wasm/bin). Prints what it weighs. --quiet prints nothing.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transformWithEsbuild } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const quiet = process.argv.includes("--quiet");

rmSync(dist, { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "--project", here, "--emitDeclarationOnly"], { stdio: "inherit" });

await build({
  root: here,
  configFile: false,
  logLevel: "error",
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/index.ts", formats: ["es"], fileName: () => "inkling-sdk.js" },
  },
});

// vite leaves the blanks of an ES library alone. Private members end in "_" and get short names.
const bundle = join(dist, "inkling-sdk.js");
const options = { minify: true, target: "es2020", format: "esm", legalComments: "none", mangleProps: /[a-z]_$/ };
writeFileSync(bundle, (await transformWithEsbuild(readFileSync(bundle, "utf8"), bundle, options)).code);

const files = ["inkling-sdk.js"];
for (const core of ["inkling_edge.simd.wasm", "inkling_edge.wasm"]) {
  const built = join(here, "../../build/wasm/bin", core);
  if (!existsSync(built)) continue;
  copyFileSync(built, join(dist, core));
  files.push(core);
}
if (!quiet) {
  for (const file of files) {
    const bytes = readFileSync(join(dist, file));
    console.log(`dist/${file}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
  }
  if (files.length === 1) console.log("without the core: build/wasm/bin holds none");
}
