// One round after the other in headless Chromium:  node browser.mjs SETTINGS.json
// Serves the files that the settings name from this process, cross-origin isolated, uncached and gzipped by nobody, and
// prints one JSON line for each round and side.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileLoader } from "./load.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(join(here, "../../web/package.json"))("playwright-core");
await compileLoader(settings.loader);

const types = { ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const files = { "/page.mjs": join(here, "page.mjs"), "/edge/loader.mjs": settings.loader,
  "/edge/simd.wasm": settings.core, "/edge/package": settings.package, "/ort/model.onnx": settings.model };

const server = createServer((request, answer) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const name = path.startsWith("/ort/") && !files[path] ? join(settings.rival, path.slice(5).replaceAll("..", "")) : files[path];
  const isPage = path === "/";
  const found = isPage || (name !== undefined && existsSync(name));
  answer.writeHead(found ? 200 : 404, { "Content-Type": types[isPage ? ".html" : extname(name ?? "")] ?? "application/octet-stream",
    "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin" });
  answer.end(isPage ? "<!doctype html><title>edge</title>" : found ? readFileSync(name) : "");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({ executablePath: settings.chromium, args: ["--no-sandbox"] });
console.log(JSON.stringify({ chromium: browser.version() }));
for (let round = 0; round < settings.rounds; ++round) {
  for (const [name, side] of Object.entries(settings.sides)) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    const found = await page.evaluate(async ([kind, given]) => (await import("/page.mjs")).runs(kind, given),
      [side.kind, side]);
    console.log(JSON.stringify({ round, side: name, ...found }));
    await page.context().close();
  }
}
await browser.close();
server.close();
