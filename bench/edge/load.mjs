// loadEdge of web/sdk/src/wasm.ts for Node, so that figures run the very code that the kit ships.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

// Writes the compiled module to `file` (.mjs) and imports it.
export async function compileLoader(file) {
  const esbuild = createRequire(join(root, "web/package.json"))("esbuild");
  const entryPoints = [join(root, "web/sdk/src/wasm.ts")];
  await esbuild.build({ entryPoints, outfile: file, bundle: true, format: "esm", target: "es2020" });
  return import(pathToFileURL(file));
}
