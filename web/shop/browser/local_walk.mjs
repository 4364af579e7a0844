// A shopper looks for a service against a real server: reads why needs stand in the slider, picks one, finds posts that
// answer it, looks at one and at those like it, and comes back to a slider that knows of the pick. For
// bench/figures/posts-walk, which puts the posts.
//   node browser/local_walk.mjs URL WIDTH SCHEME LANGUAGE SHOTS
// Prints {steps, problems}.
import { launch } from "../../sdk/browser/phone.mjs";
import { Walk } from "../../sdk/browser/walk.mjs";
import { DESKTOP, openShop, PHONE } from "./open_shop.mjs";

// The words of the page, by language.
const WORDS = {
  en: { places: "Main", local: "Services", shop: "Shop", title: "Local services", takeBack: "Take back", similar: "Similar posts", end: "everything for now", specifications: "Specifications", distance: "distance", live: "because" },
  zh: { places: "主导航", local: "服务", shop: "首页", title: "本地服务", takeBack: "取消选择", similar: "相似的帖子", end: "暂时就这些了", specifications: "参数", distance: "里程", live: "因为您" },
};
const NEED = "小户型搬家"; // served by the tag 小货车
const TAG = "小货车";

const [url, width, scheme, language, shots] = process.argv.slice(2);

class LocalWalk extends Walk {
  words = WORDS[language];
  chip = (name) => this.page.locator(".want", { hasText: name });
  place = (name) => this.page.getByRole("navigation", { name: this.words.places }).getByRole("link", { name, exact: true });
  cards = () => this.page.locator(".local .post-card");

  answers = { all: 0, degraded: 0 }; // of scenes: on a busy machine some come too late, and the fallback answers

  count() {
    this.page.on("response", async (response) => {
      if (!response.url().includes("/v1/scenes/") || !response.ok()) return;
      const answer = await response.json().catch(() => ({}));
      this.answers.all += 1;
      this.answers.degraded += answer.degraded ? 1 : 0;
    });
  }
  told = () => ({ answers: this.answers });

  async arrives() {
    this.count();
    await this.page.goto(this.url);
    await this.step("the shop leads to its services", async () => (await this.place(this.words.local).count()) === 1 || "no link");
    await this.press(this.place(this.words.local));
    await this.step("needs stand in the slider", async () => (await this.page.locator(".want").count()) >= 4 || "fewer than 4");
    await this.step("each with a reason", async () => {
      const said = await this.page.locator(".want").allInnerTexts();
      return said.every((text) => text.trim().includes("\n")) || said.join(" / ");
    });
    await this.step("and posts below", async () => (await this.cards().count()) >= 10 || `${await this.cards().count()}`);
    await this.shot("list");
  }

  async picks() {
    const told = this.page.waitForRequest((request) => request.url().endsWith("/v1/events") && (request.postData() ?? "").includes("tag_pick"));
    await this.press(this.chip(NEED));
    await this.step("the picked need is marked", async () => (await this.chip(NEED).getAttribute("aria-pressed")) === "true" || "not");
    await this.step("only posts that carry its tag follow", async () => {
      await this.page.locator('.local [aria-busy="true"]').waitFor({ state: "detached" });
      const said = await this.cards().allInnerTexts();
      return (said.length > 0 && said.every((text) => text.includes(TAG))) || said.slice(0, 2).join(" / ");
    });
    await this.shot("picked");
    const event = (await told).postData();
    await this.step("the pick is told as an action", async () => event.includes(NEED) || event.slice(0, 200));
  }

  async looks() {
    await this.press(this.cards().first());
    await this.press(this.page.getByRole("tab", { name: this.words.specifications }));
    await this.step("a post says its fields in words", async () =>
      (await this.page.getByRole("row", { name: new RegExp(`^${this.words.distance} .* km$`) }).count()) === 1 || "no row");
    await this.step("and has posts like it below", async () =>
      (await this.page.getByRole("region", { name: this.words.similar }).locator(".post-card").count()) >= 3 || "fewer than 3");
    await this.shot("post");
    await this.page.goBack();
    await this.step("the way back keeps the pick", async () => (await this.chip(NEED).getAttribute("aria-pressed")) === "true" || "not");
  }

  async returns() {
    await this.press(this.page.getByRole("button", { name: this.words.takeBack }));
    await this.step("the pick is taken back", async () => (await this.chip(NEED).getAttribute("aria-pressed")) === "false" || "still");
    await this.step("in the next slider the pick stands in front, as what this visit is about", async () => {
      await this.press(this.place(this.words.shop));
      const next = this.page.waitForResponse((response) => response.url().endsWith("/scenario-slider"));
      await this.press(this.place(this.words.local));
      await next.then((response) => response.finished());
      await this.page.waitForTimeout(100);
      const front = (await this.page.locator(".want").allInnerTexts()).slice(0, 3);
      return front.some((text) => text.includes(NEED) && text.includes(this.words.live)) || front.join(" / ");
    });
    await this.shot("next");
  }

  async ends() {
    for (let i = 0; i < 40 && (await this.page.getByText(this.words.end).count()) === 0; ++i) {
      await this.page.mouse.wheel(0, 4_000);
      await this.page.waitForTimeout(100);
    }
    await this.step("the list goes on to its end, each post once", async () => {
      const hrefs = await this.page.locator(".local .post-card-link").evaluateAll((links) => links.map(({ href }) => href));
      return (hrefs.length > 20 && new Set(hrefs).size === hrefs.length) || `${hrefs.length} posts, ${new Set(hrefs).size} of them different`;
    });
  }
}

const viewport = Number(width) < 900 ? PHONE : DESKTOP;
const settings = { language, consent: "granted" };
const opened = await openShop(await launch(), url, { viewport, scheme, settings });
await new LocalWalk(opened, { url, shots, phone: viewport === PHONE }).run(["arrives", "picks", "looks", "returns", "ends"]);
