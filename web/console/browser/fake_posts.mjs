// Templates and posts in memory: one template with a field of each kind, a reading by a few words, and an estimate that
// follows the distance. What the real ones say is the business of src/content.
const MOVING = {
  template: "moving",
  name: { en: "Moving", zh: "搬家" },
  description: "Moving flats.",
  price: "total",
  prices: { version: "v3", posts: 240 },
  fields: [
    {
      field: "vehicle",
      name: { en: "vehicle", zh: "车型" },
      kind: "choice",
      required: true,
      options: [
        { option: "van", name: { en: "van", zh: "面包车" } },
        { option: "truck", name: { en: "box truck", zh: "厢式货车" } },
      ],
    },
    { field: "distance_km", name: { en: "distance", zh: "距离" }, kind: "number", required: false, unit: "km", min: 0, max: 3000 },
    { field: "lift", name: { en: "with a lift", zh: "电梯房" }, kind: "flag", required: false },
    { field: "total", name: { en: "total price", zh: "总价" }, kind: "money", required: false, min: 0, max: 10_000_000 },
    { field: "note", name: { en: "note", zh: "说明" }, kind: "text", required: false },
  ],
};
const PLAIN = { ...MOVING, template: "plain", name: { en: "Repair", zh: "维修" } };
delete PLAIN.prices;

// [what stands in a text, its field, its value]
const READ = [
  [/面包车|\bvan\b/gi, "vehicle", () => "van"],
  [/厢货|box truck/gi, "vehicle", () => "truck"],
  [/(\d+) ?(公里|km)/gi, "distance_km", (found) => Number(found[1])],
  [/电梯房|\bwith a lift\b/gi, "lift", () => true],
  [/(?:总价|total) ?(\d+)/gi, "total", (found) => 100 * Number(found[1])],
];

const bytes = (text) => Buffer.byteLength(text, "utf8");

function read(text) {
  const evidence = [];
  const attributes = {};
  const doubts = [];
  for (const [pattern, field, value] of READ) {
    for (const found of text.matchAll(pattern)) {
      const begin = bytes(text.slice(0, found.index));
      evidence.push({ field, begin, end: begin + bytes(found[0]) });
      const told = value(found);
      if (attributes[field] === undefined) attributes[field] = told;
      else if (attributes[field] !== told) doubts.push(`${field}: ${attributes[field]} and ${told} are both told; expected one of them`);
    }
  }
  if (text && evidence.length === 0) {
    const meant = text.includes("维修") ? "tells 0 fields of moving, but 2 of plain; is it a post of that template?" : "tells no field of moving";
    doubts.push(`text: ${meant}`);
  }
  return { attributes, evidence: evidence.sort((a, b) => a.begin - b.begin), doubts };
}

function check(attributes) {
  const mistakes = [];
  const right = { ...attributes };
  const wrong = (field, message) => (delete right[field], mistakes.push({ field, message: `${field}: ${message}` }));
  for (const field of Object.keys(right)) if (right[field] === null) delete right[field];
  const distance = right.distance_km;
  if (distance !== undefined && !(typeof distance === "number" && distance >= 0 && distance <= 3000)) {
    wrong("distance_km", `"${distance}" has an unknown unit; expected one of km, m`);
  }
  if (right.vehicle === undefined) wrong("vehicle", "is missing; expected one of van, truck");
  return { attributes: right, mistakes };
}

function estimate({ distance_km = 10, total }, quote_cents = total) {
  const middle = 20_000 + 600 * distance_km;
  const [low_cents, high_cents] = [0.8 * middle, 1.25 * middle].map(Math.round);
  const [far_low_cents, far_high_cents] = [0.5 * middle, 2 * middle].map(Math.round);
  const verdict = (cents) =>
    cents < far_low_cents ? "far_below" : cents < low_cents ? "low" : cents <= high_cents ? "usual" : cents <= far_high_cents ? "high" : "far_above";
  return {
    version: "v3",
    posts: 240,
    low_cents,
    middle_cents: middle,
    high_cents,
    far_low_cents,
    far_high_cents,
    moves: [
      { field: "distance_km", value: String(distance_km), factor: 1.3 },
      { field: "vehicle", value: "van", factor: 0.85 },
      { field: "lift", value: "not told", factor: 1.04 },
    ],
    like_posts: [
      { item: "post-1", likeness: 0.93, price_cents: 28_000 },
      { item: "post-2", likeness: 0.71, price_cents: 35_050 },
    ],
    ...(quote_cents !== undefined && { quote: { cents: quote_cents, verdict: verdict(quote_cents) } }),
  };
}

const TITLES = { "post-1": "小面包车搬家，12 公里", "post-2": "两居室搬家" };
const missing = { status: 404, detail: "there is none" };

export class FakePosts {
  posts = new Map(); // as they were put
  checks = []; // what was asked to be checked
  held = null; // a promise that every answer waits for

  // null: not a call of this part.
  call(method, what, name, verb, asked, body) {
    if (what === "items") {
      return { items: asked.get("ids").split(",").flatMap((item) => (TITLES[item] ? { item, title: TITLES[item] } : [])) };
    }
    if (what === "posts") return method === "DELETE" ? this.#remove(name) : this.#put(name, body);
    if (what !== "templates") return null;
    if (!name) return { templates: [MOVING, PLAIN].map(({ fields, price, ...line }) => ({ ...line, fields: fields.length })) };
    const form = [MOVING, PLAIN].find(({ template }) => template === name);
    if (!form) return missing;
    if (!verb) return form;
    if (verb === "estimate") return form.prices ? estimate(body.attributes, body.quote_cents) : missing;
    this.checks.push(body);
    const told = read(body.text ?? "");
    const typed = body.attributes ?? {};
    const apart = Object.keys(typed).filter((field) => typed[field] !== null && told.attributes[field] !== undefined);
    const doubts = apart
      .filter((field) => typed[field] !== told.attributes[field])
      .map((field) => `${field}: the text says ${told.attributes[field]}, the attributes ${typed[field]}; the attributes count`);
    const evidence = told.evidence.filter(({ field }) => !(field in typed));
    return { ...check({ ...told.attributes, ...typed }), evidence, doubts: [...told.doubts, ...doubts] };
  }

  #put(post, body) {
    const { mistakes } = check(body.attributes);
    if (mistakes.length > 0) return { status: 400, detail: "the post does not fit its template", mistakes };
    if (body.title === "refuse") return { status: 503, detail: "the journal is full" };
    this.posts.set(post, body);
    const { quote } = estimate(body.attributes);
    return { item: { item: post, kind: "post" }, sequence: 41 + this.posts.size, ...(quote && { quote }) };
  }
  #remove(post) {
    return this.posts.delete(post) ? {} : missing;
  }
}
