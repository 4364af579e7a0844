// An editor goes through the explorer against a real server: searches with completion, opens a tag, reads its evidence,
// accepts, renames, merges, bans and undoes, reloads; and, after the server was killed, finds all of it still there and
// takes it back. For bench/figures/explorer-walk, over the graph of bench/local_tags.
//   node browser/explorer_walk.mjs decide|return URL WIDTH SCHEME LANGUAGE SHOTS
// Prints {steps: [{step, holds, found}], problems}; screenshots go to the folder SHOTS.
import { launch } from "../../sdk/browser/phone.mjs";
import { Walk } from "../../sdk/browser/walk.mjs";
import { DESKTOP, openConsole, PHONE } from "./open_console.mjs";

const EDITOR = "林编辑";
const [what, url, width, scheme, language, shots] = process.argv.slice(2);

// The words of the page, by language.
const WORDS = {
  en: {
    search: "Search tags", accept: "Accept", rename: "Rename", merge: "Merge", ban: "Ban", undo: "Undo",
    why: "Reason", newName: "New name", into: "Becomes part of", edits: "Decisions", accepted: "Accepted",
    gone: "There is no such tag any more", sentence: "“加氟” belongs to the category “空调维修”.",
    done: "Done: ", list: "All tags",
  },
  zh: {
    search: "搜索标签", accept: "确认", rename: "改名", merge: "合并", ban: "禁用", undo: "撤销",
    why: "理由", newName: "新名称", into: "并入", edits: "决定", accepted: "已确认",
    gone: "这个标签已不存在", sentence: "“加氟”属于类目“空调维修”。",
    done: "已完成：", list: "全部标签",
  },
};

const href = ({ kind = "tag", name, industry }) =>
  `/console/tags/${kind}/${encodeURIComponent(name)}${industry ? `?industry=${encodeURIComponent(industry)}` : ""}`;

class ExplorerWalk extends Walk {
  words = WORDS[language];
  button = (name) => this.page.getByRole("button", { name, exact: true });
  signing = () => this.page.getByRole("dialog");
  heading = () => this.page.getByRole("heading", { level: 1 });
  headed = async (name) => (await this.heading().allInnerTexts()).some((text) => text.trim() === name) || (await this.heading().allInnerTexts()).join();
  async read(key) {
    const of = key.industry ? `?industry=${encodeURIComponent(key.industry)}` : "";
    const answer = await fetch(`${this.url}/v1/tags/${key.kind ?? "tag"}/${encodeURIComponent(key.name)}${of}`);
    return answer.ok ? (await answer.json()).tag : null;
  }
  open = (key) => this.page.goto(this.url + href(key));

  // Fills the signing in and waits for the sentence that it is done.
  async decide(action, why, fill = async () => {}) {
    await this.press(this.page.locator(".actions").getByRole("button", { name: this.words[action], exact: true }));
    await fill();
    await this.sign(action, why);
  }
  async sign(action, why) {
    await this.signing().getByLabel(this.words.why).fill(why);
    if (action === "rename") await this.shot("signing");
    await this.press(this.signing().getByRole("button", { name: this.words[action], exact: true }));
    await this.signing().waitFor({ state: "detached" });
  }

  // ---- before the server is killed

  async searches() {
    const field = this.page.getByRole("combobox", { name: this.words.search, exact: true });
    await field.waitFor();
    await this.page.locator(".results li").first().waitFor();
    await this.shot("list");
    await field.pressSequentially("加雪");
    await this.step("a variant's beginning is completed to its tag", async () =>
      (await this.page.locator(".completions li").allInnerTexts()).join().includes("加氟") || "no completion");
    await this.shot("completion");
    await field.press("ArrowDown");
    await field.press("Enter");
    await this.step("the chosen completion opens the tag", () => this.headed("加氟"));
  }

  async readsEvidence() {
    const about = this.page.locator(".edge", { hasText: this.words.sentence });
    await this.step("an edge is told in a sentence", async () => (await about.count()) === 1 || "no sentence");
    const told = await this.read({ name: "加氟", industry: "空调维修" });
    const edge = told.edges.find(({ type }) => type === "in_category");
    await this.step("with the values that speak for it", async () => {
      const text = (await about.innerText()).replace(/\s+/g, " ");
      return edge.evidence.every(({ signal, value }) => text.includes(`${signal} ${value}`)) || text;
    });
    await this.step("and the drawing has every neighbour", async () => {
      const drawn = await this.page.locator(".neighbourhood svg a").count();
      return drawn === Math.min(12, told.edges.length) || `${drawn} of ${told.edges.length}`;
    });
    await this.shot("tag");
  }

  async accepts() {
    await this.decide("accept", "每天都见到");
    await this.step("accepting shows at once", async () =>
      (await this.heading().getByLabel(this.words.accepted).count()) === 1 || "no mark");
  }

  async renames() {
    await this.open({ name: "小货车", industry: "搬家" });
    await this.decide("rename", "更清楚", () => this.signing().getByLabel(this.words.newName).fill("小型货车"));
    await this.step("renaming leads on to the new name", () => this.headed("小型货车"));
    await this.step("and keeps the old one as a variant", async () =>
      (await this.page.locator(".variants").innerText()).includes("小货车") || "no variant");
  }

  async merges() {
    const before = [await this.read({ name: "半小时到" }), await this.read({ name: "上门快" })];
    await this.open({ name: "半小时到" });
    await this.decide("merge", "意思一样", async () => {
      await this.signing().getByRole("combobox", { name: this.words.into }).pressSequentially("上门");
      await this.press(this.signing().getByRole("option", { name: "上门快" }));
    });
    await this.step("merging leads on to what it became part of", () => this.headed("上门快"));
    await this.step("whose sightings are those of both", async () => {
      const count = (await this.read({ name: "上门快" }))?.count;
      return count === before[0].count + before[1].count || `${count}`;
    });
  }

  async bans() {
    await this.open({ name: "不耐烦" });
    await this.decide("ban", "太少");
    await this.step("banning says that it is gone", async () =>
      (await this.page.getByText(this.words.gone).count()) === 1 || "still there");
    await this.shot("gone");
    await this.open({ name: "迟到" });
    await this.decide("ban", "弄错了");
    await this.step("a second ban", async () => (await this.read({ name: "迟到" })) === null || "still there");
  }

  async undoes() {
    await this.press(this.page.locator(".toast").getByRole("button", { name: this.words.undo }));
    await this.sign("undo", "按错了");
    await this.step("is undone from where it was told", async () => (await this.read({ name: "迟到" })) !== null || "gone");
    await this.step("and its page is back", () => this.headed("迟到"));
  }

  async reloads() {
    await this.holdsInPages("after a reload");
    await this.page.goto(`${this.url}/console/edits`);
    await this.step("the decisions stand in a list", async () =>
      (await this.page.locator(".edit-line").count()) >= 6 || "fewer");
    await this.page.locator(".toast").waitFor({ state: "detached" });
    await this.shot("edits");
  }

  async holdsInPages(when) {
    await this.open({ name: "加氟", industry: "空调维修" });
    await this.page.reload();
    await this.step(`${when}: accepted`, async () =>
      (await this.heading().getByLabel(this.words.accepted).count()) === 1 || "no mark");
    await this.open({ name: "小型货车", industry: "搬家" });
    await this.step(`${when}: renamed`, () => this.headed("小型货车"));
    await this.open({ name: "半小时到" });
    await this.step(`${when}: merged`, async () => (await this.page.getByText(this.words.gone).count()) === 1 || "there");
    await this.open({ name: "不耐烦" });
    await this.step(`${when}: banned`, async () => (await this.page.getByText(this.words.gone).count()) === 1 || "there");
    await this.open({ name: "迟到" });
    await this.step(`${when}: not banned what was undone`, () => this.headed("迟到"));
  }

  // ---- after it

  async returns() {
    await this.holdsInPages("after a kill");
    await this.page.goto(`${this.url}/console/edits`);
    const undo = this.page.locator(".edit-line").getByRole("button");
    await undo.first().waitFor();
    for (let left = await undo.count(); left > 0; --left) {
      await this.press(undo.first());
      await this.sign("undo", "走查结束");
      await this.page.waitForFunction(
        (wanted) => document.querySelectorAll(".edit-line .button").length === wanted,
        left - 1,
      );
    }
    await this.step("every decision is taken back in the list", async () => {
      const names = [
        { name: "加氟", industry: "空调维修" }, { name: "小货车", industry: "搬家" },
        { name: "半小时到" }, { name: "不耐烦" },
      ];
      const tags = await Promise.all(names.map((key) => this.read(key)));
      return tags.every((tag) => tag !== null && !tag.accepted) || JSON.stringify(tags.map((tag) => tag?.name));
    });
    await this.step("in the page too", async () => {
      await this.open({ name: "半小时到" });
      return this.headed("半小时到");
    });
  }
}

const PARTS = {
  decide: ["searches", "readsEvidence", "accepts", "renames", "merges", "bans", "undoes", "reloads"],
  return: ["returns"],
};

const settings = { language, who: EDITOR };
const viewport = Number(width) < 900 ? PHONE : DESKTOP;
const opened = await openConsole(await launch(), `${url}/console`, { viewport, scheme, settings });
await new ExplorerWalk(opened, { url, shots, phone: viewport === PHONE }).run(PARTS[what]);
