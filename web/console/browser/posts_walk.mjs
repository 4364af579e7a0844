// Somebody writes a post against a real server: a text fills the form, doubts and mistakes stand beside their fields, the
// price is estimated, the post is published; after the server was killed it is still there, and is taken back. For
// bench/figures/posts-walk, which puts posts and learns their prices before.
//   node browser/posts_walk.mjs write|return URL WIDTH SCHEME LANGUAGE SHOTS POST
// Prints {steps, problems, post}; `return` is given the post that `write` published.
import { launch } from "../../sdk/browser/phone.mjs";
import { Walk } from "../../sdk/browser/walk.mjs";
import { DESKTOP, openConsole, PHONE } from "./open_console.mjs";

const TEXT = "4.2米厢货搬家，全程15公里，电梯房，两名师傅，总价 680元，随叫随到。";
const FAR = "98000"; // of a move of 15 km

// The words of the page, by language.
const WORDS = {
  en: {
    text: "What the post says", title: "Title", publish: "Publish", change: "Publish the changes", takeBack: "Take back",
    takenBack: "Taken back.", distance: "distance", total: "total price", doubt: "different things", flagged: "was flagged",
    missing: "Still missing.", template: "Moving", truck: "4.2 m box truck", wrong: "unknown unit", published: "Published as ",
    estimate: "What such a post costs", about: "about ", usual: "Four of five", asRead: "As the text says",
  },
  zh: {
    text: "帖子正文", title: "标题", publish: "发布", change: "发布修改", takeBack: "撤回",
    takenBack: "已撤回", distance: "里程", total: "总价", doubt: "前后不一致", flagged: "已标记",
    missing: "尚未填写。", template: "搬家", truck: "4.2米厢货", wrong: "不合适", published: "已发布，编号 ",
    estimate: "同类帖子的价格", about: "约 ", usual: "五分之四", asRead: "按正文填写",
  },
};

const [what, url, width, scheme, language, shots, post] = process.argv.slice(2);

class PostsWalk extends Walk {
  words = WORDS[language];

  box = () => this.page.getByLabel(this.words.text);
  line = (name) => this.page.getByRole("textbox", { name: new RegExp(`^${name}( \\(|$)`) }); // "(required)" may follow
  field = (name) => this.page.locator(".post-field", { hasText: name }).first();
  button = (name) => this.page.getByRole("button", { name, exact: true });
  estimate = () => this.page.getByRole("region", { name: this.words.estimate });
  says = async (locator, text) => {
    const said = (await locator.allInnerTexts()).join(" ");
    return said.includes(text) || said.slice(0, 200);
  };
  ask = async (verb, body) => {
    const answer = await fetch(`${this.url}/v1/templates/moving/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  item = async () => (await (await fetch(`${this.url}/v1/items/${this.post}`)).json()).items?.[0];

  async chooses() {
    await this.page.goto(`${this.url}/console/posts`);
    const card = this.page.getByRole("link", { name: new RegExp(`^${this.words.template}`) });
    await card.waitFor();
    await this.shot("templates");
    await this.press(card);
    await this.step("a template opens a form", async () =>
      (await this.page.getByRole("heading", { level: 1, name: this.words.template }).count()) === 1 || "no form");
  }

  async reads() {
    await this.box().fill(TEXT);
    const { attributes, evidence } = await this.ask("check", { text: TEXT });
    await this.step("a text fills the form as the server reads it", async () => {
      const told = [await this.line(this.words.distance).inputValue(), await this.line(this.words.total).inputValue()];
      const wanted = [String(attributes.distance_km), String(attributes.total / 100)];
      return told.join() === wanted.join() || `${told} for ${wanted}`;
    });
    await this.step("a choice among them", async () =>
      (await this.page.getByRole("radio", { name: this.words.truck }).isChecked()) || "not chosen");
    await this.step("and every word that it rests on is marked", async () => {
      const bytes = Buffer.from(TEXT);
      const wanted = [...evidence].sort((a, b) => a.begin - b.begin).map(({ begin, end }) => bytes.subarray(begin, end).toString());
      const marked = await this.page.locator(".told mark").allInnerTexts();
      return marked.join("|") === wanted.join("|") || `${marked.join("|")} for ${wanted.join("|")}`;
    });
  }

  async estimates() {
    const { attributes } = await this.ask("check", { text: TEXT });
    const { middle_cents } = await this.ask("estimate", { attributes, quote_cents: attributes.total });
    const middle = Math.round(Number((middle_cents / 100).toPrecision(3))).toLocaleString(language === "zh" ? "zh-CN" : "en-IE");
    await this.step("the price is the server's estimate", () => this.says(this.estimate(), this.words.about + "¥" + middle));
    await this.step("with an interval in words and as a drawing", async () =>
      ((await this.estimate().getByRole("img").count()) === 1 && (await this.says(this.estimate(), this.words.usual))) || "none");
    await this.step("and the posts like it", async () => (await this.page.locator(".like-posts li").count()) === 5 || "fewer");
    await this.shot("written");
  }

  async errs() {
    await this.box().fill(TEXT.replace("电梯房", "其实20公里"));
    await this.step("what is told twice is doubted beside its field", () =>
      this.says(this.field(this.words.distance), this.words.doubt));
    await this.line(this.words.distance).fill("15 光年");
    await this.step("a wrong unit is told beside its field", () => this.says(this.field(this.words.distance), this.words.wrong));
    await this.shot("mistakes");
    await this.press(this.button(this.words.asRead));
    await this.box().fill("");
    await this.line(this.words.title).fill("搬家，车大人好");
    await this.press(this.button(this.words.publish));
    await this.step("what is required and missing is told", () => this.says(this.field(this.words.distance), this.words.missing));
    await this.box().fill(TEXT);
    await this.step("and filled by the text again", async () =>
      (await this.line(this.words.distance).inputValue()) === "15" || "not filled");
  }

  async publishes() {
    await this.press(this.button(this.words.publish));
    const told = this.page.locator(".published b");
    await this.step("the post is published", () => this.says(told, this.words.published));
    this.post = /post-[0-9a-z]+/.exec(await told.innerText())[0];
    await this.step("and stands in the catalogue as it was told", async () => {
      const { kind, price, title, attributes } = (await this.item()) ?? {};
      const found = JSON.stringify([kind, price?.cents, title, attributes?.template, attributes?.vehicle]);
      return found === JSON.stringify(["post", 68_000, "搬家，车大人好", "moving", "van_4m2"]) || found;
    });
    await this.line(this.words.total).fill(FAR);
    await this.step("a quote far outside is marked in the drawing", async () =>
      (await this.page.locator(".estimate-quote.verdict-far_above").count()) === 1 || "no mark");
    await this.press(this.button(this.words.change));
    await this.step("and flagged when it is published", () => this.says(this.page.locator(".published"), this.words.flagged));
    await this.shot("published");
  }

  // After the server was killed and started anew: the form begins empty, so the post is taken back by its number.
  async returns() {
    this.post = post;
    await this.step("after a kill the post is still there", async () => (await this.item())?.price?.cents === 100 * Number(FAR) || "gone");
    await this.chooses();
    await this.box().fill(TEXT);
    await this.line(this.words.title).fill("再来一条");
    await this.press(this.button(this.words.publish));
    const told = this.page.locator(".published b");
    await told.waitFor();
    this.post = /post-[0-9a-z]+/.exec(await told.innerText())[0];
    await this.press(this.button(this.words.takeBack));
    await this.step("a post is taken back", () => this.says(this.page.locator(".publish"), this.words.takenBack));
    await this.step("and no longer on sale", async () => (await this.item())?.on_sale === false || "still there");
  }

  told = () => ({ post: this.post });
}

const PARTS = { write: ["chooses", "reads", "estimates", "errs", "publishes"], return: ["returns"] };

const viewport = Number(width) < 900 ? PHONE : DESKTOP;
const opened = await openConsole(await launch(), `${url}/console`, { viewport, scheme, settings: { language } });
await new PostsWalk(opened, { url, shots, phone: viewport === PHONE }).run(PARTS[what]);
