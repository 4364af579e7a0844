// A small shop for browser tests and figures: one page, the built kit, and what the kit asks of an Inkling server.
// Everything that arrives is kept. The page is cross-origin isolated, so that its clock ticks in 5 us.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const rows = Array.from({ length: 200 }, (_, i) => `<li>goods ${i}</li>`).join("");
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>shop</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,">
<style>body{margin:0;font:16px sans-serif}li{height:60px}button,input,textarea{height:44px}</style></head><body>
<button id="add" data-inkling-control="4 5">Add to cart</button>
<form><input id="name" name="name"><input id="secret" type="password"><textarea id="note"></textarea></form>
<p id="free" contenteditable="true">write here</p><ul>${rows}</ul></body></html>`;

// A device package, where the core was built and there is one: tests/golden/edge, or the file that INKLING_EDGE_PACKAGE
// names. Null otherwise.
export function devicePackage() {
  const golden = join(dist, "../../../tests/golden/edge/int8.inkedge");
  const path = process.env.INKLING_EDGE_PACKAGE ?? golden;
  return existsSync(join(dist, "inkling_edge.simd.wasm")) && existsSync(path) ? readFileSync(path) : null;
}

export class ShopServer {
  events = []; // of all bodies, as they came
  bodies = [];
  requests = []; // "METHOD /path"
  hints = []; // bodies of scene requests
  refusal = null; // {status, body, headers} in place of taking events
  fetched = 0; // packages given whole
  package = null; // bytes of a device package, or null: 404
  probability = 0.3;

  async listen() {
    this.server = createServer((request, response) => {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => this.#answer(request, Buffer.concat(chunks).toString(), response));
    });
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  async close() {
    this.server.closeAllConnections?.();
    await new Promise((done) => this.server.close(done));
  }

  // What went to the API, whatever it was.
  get asked() {
    return this.requests.filter((request) => request.includes("/v1/"));
  }

  #answer(request, body, response) {
    const path = request.url.split("?")[0];
    this.requests.push(`${request.method} ${request.url}`);
    if (path === "/v1/events") return this.#take(body, response);
    if (path.startsWith("/v1/scenes/")) return this.#decide(body, response);
    if (path.startsWith("/v1/models/")) return this.#give(request, response);
    if (path.startsWith("/kit/")) return this.#file(path.slice("/kit/".length), response);
    this.#send(response, 200, "text/html", page);
  }

  #send(response, status, type, body, headers = {}) {
    response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", ...isolated, ...headers });
    response.end(body);
  }

  #json(response, status, value, headers) {
    this.#send(response, status, "application/json", JSON.stringify(value), headers);
  }

  #take(body, response) {
    if (this.refusal) return this.#json(response, this.refusal.status, this.refusal.body ?? {}, this.refusal.headers);
    const events = body.split("\n").map((line) => JSON.parse(line));
    this.bodies.push(body);
    this.events.push(...events);
    this.#json(response, 200, { accepted: events.length, duplicates: 0, last_sequence: this.events.length });
  }

  #decide(body, response) {
    this.hints.push(JSON.parse(body));
    const decision = { offer: true, what: "surprise-coupon", target: "purchase_1h", probability: this.probability,
      band: { low: 0.05, high: 0.6 }, reason: "inside_band", score_from: "server" };
    this.#json(response, 200, { request_id: "r1", scene: "coupon", items: [], decision, models: { dipn: "v1" } });
  }

  #give(request, response) {
    if (!this.package) return this.#json(response, 404, { detail: "there is no such model" });
    const headers = { ETag: '"package"', "Inkling-Version": "v1" };
    const isKnown = request.headers["if-none-match"] === headers.ETag;
    if (isKnown) return this.#send(response, 304, "text/plain", "", headers);
    ++this.fetched;
    this.#send(response, 200, "application/octet-stream", this.package, headers);
  }

  #file(name, response) {
    const path = join(dist, name);
    if (name.includes("..") || !existsSync(path)) return this.#send(response, 404, "text/plain", "no such file");
    this.#send(response, 200, types[extname(name)] ?? "application/octet-stream", readFileSync(path));
  }
}
