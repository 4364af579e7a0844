// The HTTP API in memory, just as much of it as the shop uses, with failures on demand: browser tests of the shop need no
// built server. What the real one does is the business of bench/figures/shop-sessions.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { goods, skus } from "./fake_catalogue.mjs";
import { LOCAL_SCENES, localScene, MOVING, posts } from "./fake_local.mjs";
import { addOns, offersOf } from "./fake_offers.mjs";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const byId = new Map([...goods, ...skus, ...posts].map((item) => [item.item, item]));

function pageOf(list, { cursor, size = 10, shopper }, scene) {
  const from = Number(cursor ?? 0);
  const items = list
    .slice(from, from + size)
    .map(({ item }, i) => ({ item, score: 1, recalls: [], display: {}, reasons: [i % 3 ? "popular" : "newest"] }));
  const more = from + size < list.length;
  return {
    request_id: `${scene}-${shopper}-${from}`,
    scene,
    items,
    decision: null,
    cursor: more ? String(from + size) : null,
    degraded: null,
  };
}

function search(query) {
  const words = query.toLowerCase().replaceAll('"', " ").split(/\s+/).filter(Boolean);
  return goods.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
}

export class FakeServer {
  events = []; // as they came, each id once
  failures = []; // {what: RegExp, status, times}
  probability = 0.01; // what the coupon scene answers
  carts = new Map();
  promotions = new Map(); // id to definition
  held = null; // a promise that answers to changes of carts wait for
  asked = []; // paths of the API
  local = false; // whether there are the scenes of local services
  slider = []; // requests to scenario-slider
  pair = null; // {item, with} that the scene add-on answers first

  async listen(folder) {
    this.folder = folder;
    this.http = createServer((request, response) => void this.answer(request, response));
    await new Promise((done) => this.http.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.http.address().port}`;
    return this;
  }

  close() {
    this.http.closeAllConnections?.();
    return new Promise((done) => this.http.close(done));
  }

  // `what`: of the method and the path, as in "PATCH /v1/carts/ann". The page asks for its cart by itself, at any moment:
  // say the method where that must not use a failure up.
  fail(what, status = 503, times = 1) {
    this.failures.push({ what, status, times });
  }

  cartOf(shopper) {
    if (!this.carts.has(shopper)) this.carts.set(shopper, new Map());
    return this.carts.get(shopper);
  }

  async answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const asked = `${request.method} ${pathname}`;
    const failure = this.failures.find((each) => each.what.test(asked) && each.times > 0);
    if (failure) {
      failure.times -= 1;
      return this.json(response, failure.status, {
        type: "urn:inkling:problem:unavailable",
        title: "Busy",
        status: failure.status,
        detail: "told to fail",
        instance: pathname,
      });
    }
    const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
    if (parts[0] !== "v1") return this.file(pathname, response);
    this.asked.push(pathname);
    if (request.method === "PATCH") await this.held;
    const answer = this.route(request.method, parts.slice(1), searchParams, text);
    this.json(response, answer ? 200 : 404, answer ?? { status: 404, detail: "not here" });
  }

  route(method, [what, name], parameters, text) {
    if (what === "events") return this.take(text);
    if (what === "items") return this.items(name, parameters);
    if (what === "promotions") return method === "PUT" ? this.put(name, text) : this.promotion(name);
    if (what === "quote") return this.quote(JSON.parse(text).lines);
    if (what === "carts") return method === "PATCH" ? this.patch(name, JSON.parse(text)) : this.cart(name);
    if (what === "shoppers") return { shopper: name, now_ms: Date.now(), coupons: [] };
    if (what === "templates") return this.local ? MOVING : null;
    if (what === "scenes") return this.scene(name, JSON.parse(text));
    return null;
  }

  items(name, parameters) {
    const parents = parameters.get("parent")?.split(",");
    if (parents) return { items: skus.filter(({ parent }) => parents.includes(parent)) };
    return { items: (parameters.get("ids") ?? name).split(",").flatMap((id) => byId.get(id) ?? []) };
  }

  put(name, text) {
    this.promotions.set(name, JSON.parse(text));
    return { promotion: name };
  }

  promotion(name) {
    const definition = this.promotions.get(name);
    return definition ? { promotion: name, in_force: true, definition } : null;
  }

  quote(lines) {
    const known = lines.filter(({ item }) => byId.has(item));
    return offersOf(
      this.promotions,
      known.map((line) => ({ ...line, item: byId.get(line.item) })),
    );
  }

  addOn(request) {
    const cart = this.cartOf(request.shopper);
    const id = request.context.promotion;
    const offer = this.quote([...cart.values()]).promotions.find(({ promotion }) => promotion === id);
    const list = addOns(goods, this.promotions.get(id) ?? {}, offer, cart);
    const page = pageOf(list, request, "add-on");
    if (this.pair) page.items.unshift({ ...page.items[0], reasons: ["together_with"], ...this.pair });
    return { ...page, offer, items: page.items.map((each) => ({ ...each, price: byId.get(each.item).price })) };
  }

  scene(name, request) {
    if (name === "add-on") return this.addOn(request);
    if (name === "feed") return pageOf(goods, request, name);
    if (name === "goods-search") return pageOf(search(request.query ?? ""), request, name);
    if (this.local && LOCAL_SCENES.includes(name)) {
      if (name === "scenario-slider") this.slider.push(request);
      const picks = this.events.filter(({ action }) => action === "tag_pick").map(({ item }) => item);
      return localScene(name, request, picks, pageOf);
    }
    if (name !== "coupon") return null;
    const offer = this.probability >= 0.2 && this.probability < 0.4;
    const decision = {
      offer,
      what: offer ? "surprise-coupon" : null,
      target: "purchase_1h",
      probability: this.probability,
      band: { low: 0.2, high: 0.4 },
      reason: offer ? "inside_band" : "below_band",
      score_from: "server",
    };
    return {
      request_id: `coupon-${Date.now()}`,
      scene: name,
      items: [],
      decision,
      cursor: null,
      models: { dipn: "v1" },
      degraded: null,
    };
  }

  take(text) {
    const trimmed = text.trim();
    const events = trimmed.startsWith("[")
      ? JSON.parse(trimmed)
      : trimmed
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line));
    const fresh = events.filter(({ id }) => !this.events.some((known) => known.id === id));
    this.events.push(...fresh);
    for (const event of fresh)
      if (event.action === "purchase") for (const { item } of event.lines) this.cartOf(event.shopper).delete(item);
    return { accepted: fresh.length, duplicates: events.length - fresh.length, last_sequence: this.events.length };
  }

  patch(shopper, { changes }) {
    const cart = this.cartOf(shopper);
    for (const { item, add, remove, ticked, quantity } of changes) {
      const line = cart.get(item) ?? { item, quantity: 0, ticked: true };
      if (remove || quantity === 0) cart.delete(item);
      else
        cart.set(item, {
          ...line,
          quantity: quantity ?? line.quantity + (add ?? 0),
          ticked: ticked ?? (add ? true : line.ticked),
        });
    }
    return this.cart(shopper);
  }

  cart(shopper) {
    const lines = [...this.cartOf(shopper).values()].map((line) => ({ ...line, price: byId.get(line.item)?.price }));
    const ticked = lines.filter((line) => line.ticked);
    return {
      shopper,
      lines,
      ticked_cents: ticked.reduce((sum, { price, quantity }) => sum + (price?.cents ?? 0) * quantity, 0),
      currency: "EUR",
      offers: this.quote(lines),
    };
  }

  json(response, status, body) {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }

  async file(pathname, response) {
    const path = extname(pathname) ? normalize(pathname) : "/index.html";
    try {
      const bytes = await readFile(join(this.folder, path));
      response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
}
