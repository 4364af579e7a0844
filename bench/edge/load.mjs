// loadEdge of web/sdk/src/wasm.ts for Node, so that figures run the very file that the kit ships.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

// Writes the compiled module to `file` (.mjs) and imports it.
export async function compileLoader(file) {
  const typescript = createRequire(join(root, "web/package.json"))("typescript");
  const source = readFileSync(join(root, "web/sdk/src/wasm.ts"), "utf8");
  const compilerOptions = { target: "ES2020", module: "ESNext", verbatimModuleSyntax: true };
  writeFileSync(file, typescript.transpileModule(source, { compilerOptions }).outputText);
  return import(pathToFileURL(file));
}
