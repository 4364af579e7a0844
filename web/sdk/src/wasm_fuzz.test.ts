// The core and its loader on damaged packages, damaged events and absurd samples: whatever comes in, what comes out is
// an answer or an EdgeError, never a trap and never another exception. Seeded; INKLING_FUZZ_RUNS asks for more than
// what make test does, INKLING_FUZZ_SEED for others. `npm test` runs it where the core is built (make wasm).
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordBytes } from "./sample_ring.js";
import { EdgeError, loadEdge } from "./wasm.js";

const root = new URL("../../../", import.meta.url);
const golden = (name: string) => readFileSync(new URL(`tests/golden/edge/${name}`, root));
const cores = ["inkling_edge.simd.wasm", "inkling_edge.wasm"];
const runs = Number(process.env.INKLING_FUZZ_RUNS ?? 300);
const seed = Number(process.env.INKLING_FUZZ_SEED ?? 1);
const checksumBytes = 8;

// 0 .. below, by a 32-bit mixer: the same numbers for the same seed everywhere.
class Random {
  constructor(private state_: number) {}
  below(bound: number): number {
    this.state_ = (this.state_ + 0x9e3779b9) | 0;
    let mixed = Math.imul(this.state_ ^ (this.state_ >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % bound;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

// base/core/hash.h, which is the checksum of docs/formats.md.
function nameHash(bytes: Uint8Array): bigint {
  const mask = (1n << 64n) - 1n;
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & mask;
  hash = ((hash ^ (hash >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  hash = ((hash ^ (hash >> 27n)) * 0x94d049bb133111ebn) & mask;
  return hash ^ (hash >> 31n);
}

function summed(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + checksumBytes);
  bytes.set(body);
  new DataView(bytes.buffer).setBigUint64(body.length, nameHash(body), true);
  return bytes;
}

// A few bytes changed, or cut, in a package whose checksum is right all the same; else nothing behind it is read.
// Most changes fall on the head, where the sizes are.
function damagedPackage(whole: Uint8Array, random: Random): Uint8Array {
  let body = whole.slice(0, whole.length - checksumBytes);
  if (random.below(8) === 0) body = body.slice(0, 1 + random.below(body.length));
  for (let change = random.below(4); change >= 0; --change) {
    const reach = random.below(2) === 0 ? Math.min(body.length, 1024) : body.length;
    body[random.below(reach)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  }
  return random.below(16) === 0 ? body : summed(body);
}

function damagedText(text: string, random: Random): string {
  const at = random.below(text.length);
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.pick(['"', "{", "9e99", "-1", "\u0000", "\ud800", "null", "[]"]) + text.slice(at);
    case 2:
      return text.replace(/-?\d+/, random.pick(["1e308", "-9007199254740993", "0.5", "9999999999999999999", "true"]));
    case 3:
      return text.replace(/"([a-z_]+)":/, random.pick(['"$1$1":', '"$1":{},"$1":', '"":']));
    default:
      return text.slice(0, at) + "汉".repeat(random.below(2000)) + text.slice(at);
  }
}

const absurd = [0, -1, 1, NaN, Infinity, -Infinity, 1e300, -1e300, 5e-324, 2 ** 53, 1735732239895];
// Records as sample_ring.ts lays them out.
function absurdSamples(random: Random): Uint8Array {
  const view = new DataView(new ArrayBuffer((1 + random.below(40)) * recordBytes));
  for (let at = 0; at < view.byteLength; at += recordBytes) {
    view.setFloat64(at, random.pick(absurd), true);
    view.setFloat32(at + 8, random.pick(absurd), true);
    view.setFloat32(at + 12, random.pick(absurd), true);
    view.setInt32(at + 16, random.below(3) - 1, true);
    for (let field = 20; field < 28; field += 2) view.setInt16(at + field, random.pick([0, -1, 7, 32767, -32768]), true);
    view.setUint8(at + 28, random.below(9));
    view.setUint8(at + 29, random.below(5));
  }
  return new Uint8Array(view.buffer);
}

// What `work` threw, when it is anything but a refusal.
function trouble(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    if (!(error instanceof EdgeError)) return error;
  }
  return null;
}

const folder = new URL("build/wasm/bin/", root);
const isBuilt = cores.every((core) => existsSync(new URL(core, folder)));
describe.skipIf(!isBuilt).each(cores)("%s", (core) => {
  let wasm: Uint8Array;
  const load = (bytes: Uint8Array) =>
    loadEdge({ simd: wasm, plain: wasm }, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  beforeAll(() => {
    wasm = new Uint8Array(readFileSync(new URL(core, folder)));
  });

  it("takes or refuses every damaged package", { timeout: 60_000 + runs * 100 }, async () => {
    const events = golden("simulated.jsonl").toString().trim().split("\n").slice(0, 3);
    let refused = 0;
    for (let run = 0; run < runs; ++run) {
      const random = new Random(seed * 1_000_003 + run);
      const bytes = damagedPackage(golden(random.pick(["float", "fp16", "int8"]) + ".inkedge"), random);
      const edge = await load(bytes).catch((error: unknown) => error);
      if (edge instanceof Error) {
        expect(edge, `run ${run} of seed ${seed}`).toBeInstanceOf(EdgeError);
        ++refused;
        continue;
      }
      const taken = edge as Awaited<ReturnType<typeof load>>;
      const failed = trouble(() => {
        for (const event of events) taken.event(event);
        taken.score(1735732300000);
        taken.explain(1735732300000);
        taken.free();
      });
      expect(failed, `run ${run} of seed ${seed}`).toBeNull();
    }
    expect(refused).toBeGreaterThan(runs / 10);
    expect(refused).toBeLessThan(runs);
  });

  it("goes on scoring after damaged events and absurd samples", { timeout: 60_000 + runs * 100 }, async () => {
    const edge = await load(new Uint8Array(golden("int8.inkedge")));
    const events = golden("simulated.jsonl").toString().trim().split("\n");
    for (let run = 0; run < runs * 10; ++run) {
      const random = new Random(seed * 2_000_003 + run);
      const failed = trouble(() => {
        if (random.below(3) === 0) edge.samples(absurdSamples(random));
        else if (random.below(8) === 0) edge.screen(random.pick(absurd), random.pick(absurd));
        else edge.event(damagedText(random.pick(events), random));
      }) ?? trouble(() => void edge.takeGestures());
      expect(failed, `run ${run} of seed ${seed}`).toBeNull();
      const [prob] = edge.score(1735732300000 + run);
      expect(prob! >= 0 && prob! <= 1, `run ${run} of seed ${seed}: ${prob}`).toBe(true);
    }
    edge.free();
  });
});
