// A server in memory for the tests of this folder: three tags, a category, and edits that are laid over them by replay,
// as the real one does; posts are fake_posts.mjs. `fail(pattern)` makes the next call to such a target answer 503.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { FakePosts } from "./fake_posts.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const key = ({ kind = "tag", name, industry = "" }) => `${kind}/${industry}/${name}`;

function tag(name, count, more = {}) {
  const counts = { title: count - 3, body: 1, review: 1, query: 1 };
  return { kind: "tag", name, accepted: false, count, counts, variants: [name.toLowerCase()], examples: [], ...more };
}

function mined() {
  return [
    tag("上门快", 900, { polarity: 1, variants: ["上门快", "上门迅速"], examples: ["约好下午，上午就来。"] }),
    tag("加氟", 500, { industry: "空调维修", variants: ["加氟", "加雪种"] }),
    tag("迟到", 70, { polarity: -1 }),
    tag("空调维修", 40, { kind: "category" }),
  ];
}

function lay(tags, edit) {
  const at = tags.find((each) => key(each) === key(edit));
  if (!at) return;
  if (edit.edit === "accept") at.accepted = true;
  if (edit.edit === "ban") tags.splice(tags.indexOf(at), 1);
  if (edit.edit === "rename") Object.assign(at, { name: edit.to, variants: [...at.variants, edit.to] });
  if (edit.edit === "merge") {
    const into = tags.find((each) => key(each) === key({ ...edit, name: edit.to, industry: edit.to_industry }));
    into.count += at.count;
    into.variants.push(at.name);
    tags.splice(tags.indexOf(at), 1);
  }
}

export class FakeServer {
  edits = []; // as they were sent, with number and at_ms
  posts = new FakePosts();
  #failing = null;

  async listen(dist) {
    this.server = createServer((request, response) => void this.#answer(dist, request, response));
    await new Promise((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }
  close() {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(closed));
  }
  fail(pattern) {
    this.#failing = pattern;
  }

  tags() {
    const undone = this.edits.map(({ line }) => line);
    const tags = mined();
    for (const edit of this.edits) if (edit.edit !== "undo" && !undone.includes(edit.number)) lay(tags, edit);
    return tags.sort((a, b) => b.count - a.count);
  }

  async #answer(dist, request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    if (this.#failing?.test(request.url)) {
      this.#failing = null;
      return this.#tell(response, 503, { detail: "busy for a test" });
    }
    if (!pathname.startsWith("/v1/")) return this.#file(dist, pathname, response);
    let body = "";
    for await (const part of request) body += part;
    await this.posts.held;
    const told = this.#call(request.method, pathname, searchParams, body);
    this.#tell(response, told.status ?? 200, told);
  }
  #tell(response, status, json) {
    response.writeHead(status, { "Content-Type": status === 200 ? "application/json" : "application/problem+json" });
    response.end(JSON.stringify(json));
  }
  #file(dist, pathname, response) {
    const path = join(dist, pathname.replace(/^\/console/, ""));
    const found = extname(path) && existsSync(path) ? path : join(dist, "index.html");
    response.writeHead(200, { "Content-Type": TYPES[extname(found)] ?? "application/octet-stream" });
    createReadStream(found).pipe(response);
  }

  #call(method, pathname, asked, body) {
    const [, , what, kind, name] = pathname.split("/").map(decodeURIComponent);
    const told = this.posts.call(method, what, kind, name, asked, body && JSON.parse(body));
    if (told) return told;
    if (pathname === "/v1/tags") return this.#find(asked);
    if (pathname === "/v1/tags/edits") return method === "POST" ? this.#take(JSON.parse(body)) : { edits: this.#told() };
    const found = this.tags().find((each) => key(each) === key({ kind, name, industry: asked.get("industry") ?? "" }));
    return found ? this.#page(found) : { status: 404, detail: `there is no ${kind} ${name}` };
  }
  #find(asked) {
    const fits = (each) =>
      [each.name, ...each.variants].some((surface) => surface.startsWith(asked.get("q") ?? "")) &&
      (!asked.get("kind") || each.kind === asked.get("kind")) &&
      (!asked.get("polarity") || String(each.polarity ?? "unknown") === asked.get("polarity"));
    const tags = this.tags().filter(fits);
    return { version: "v1", edit_lines: this.edits.length, total: tags.length, tags };
  }
  #page(found) {
    const others = this.tags().filter((each) => each.kind === "category" && each.name === found.industry);
    const edges = others.map((other) => ({
      type: "in_category",
      direction: "out",
      other,
      weight: 0.82,
      evidence: [{ signal: "pmi", value: 3.1 }],
    }));
    const edge_counts = edges.map(({ type, direction }) => ({ type, direction, count: 1 }));
    return { version: "v1", edit_lines: this.edits.length, tag: { ...found, edges, edge_counts } };
  }
  #take(edit) {
    const known = edit.edit === "undo" || this.tags().some((each) => key(each) === key(edit));
    if (!known) return { status: 404, detail: "there is no such tag" };
    if (edit.why === "refuse") return { status: 409, detail: "it was accepted in line 1; undo line 1 first" };
    this.edits.push({ ...edit, number: this.edits.length + 1, at_ms: 1_700_000_000_000 });
    return { number: this.edits.length, applied: true };
  }
  #told() {
    const lines = this.edits.map(({ line, ...edit }) => ({
      ...edit,
      ...(line && { undoes: line }),
      ...(this.edits.some((other) => other.line === edit.number) && {
        undone_by: this.edits.find((other) => other.line === edit.number).number,
      }),
    }));
    return lines.reverse();
  }
}
