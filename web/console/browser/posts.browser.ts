// Posts in a real browser: a text fills the form, the form says what it costs, and the post is published and taken back.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch } from "../../sdk/browser/phone.mjs";
import { FakeServer } from "./fake_server.mjs";
import { DESKTOP, openConsole, PHONE } from "./open_console.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const TEXT = "小面包车 van, 15公里, 电梯房, 总价 300";

let browser: Browser;
let server: FakeServer;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
beforeEach(async () => void (server = await new FakeServer().listen(dist)));
afterEach(async () => {
  await context.close();
  await server.close();
  expect(problems).toEqual([]);
});

const open = async (path: string, options: object = {}) =>
  void ({ context, page, problems } = await openConsole(browser, server.url + path, {
    viewport: DESKTOP,
    settings: { language: "en" },
    ...options,
  }));
const button = (name: string) => page.getByRole("button", { name, exact: true });
const box = () => page.getByLabel("What the post says");
const line = (name: string | RegExp) => page.getByRole("textbox", { name });
const distance = () => line("distance");
const until = (holds: () => boolean | Promise<boolean>, what: string) =>
  expect.poll(holds, { timeout: 12_000, message: what }).toBe(true);
const marks = () => page.locator(".told mark").allInnerTexts();
const field = (name: string) => page.locator(".post-field", { hasText: name });
const estimate = () => page.getByRole("region", { name: "What such a post costs" });

describe("a form of a template", () => {
  it("is chosen among the templates of the server", async () => {
    await open("/console/posts");
    await page.getByRole("link", { name: /Moving/ }).click();
    await page.getByRole("heading", { name: "Moving" }).waitFor();
    expect(page.url()).toContain("/console/posts/moving");
    await page.getByRole("group", { name: "vehicle (required)" }).getByRole("radio", { name: "box truck" }).waitFor();
    expect(await field("distance").locator(".post-unit").innerText()).toBe("km");
  });

  it("is filled by a text, whose words are marked", async () => {
    await open("/console/posts/moving");
    await box().fill(TEXT);
    await until(async () => (await distance().inputValue()) === "15", "the distance");
    expect(await marks()).toEqual(["面包车", "van", "15公里", "电梯房", "总价 300"]);
    expect(await page.getByRole("radio", { name: "van" }).isChecked()).toBe(true);
    expect(await page.getByRole("radio", { name: "Yes" }).isChecked()).toBe(true);
    expect(await line("total price").inputValue()).toBe("300");
    expect(await field("distance").innerText()).toContain("In the text: “15公里”");
    await distance().focus();
    expect(await page.locator(".told-active").allInnerTexts()).toEqual(["15公里"]);
  });

  it("keeps what somebody typed before what the text says, until it is given back", async () => {
    await open("/console/posts/moving");
    await box().fill(TEXT);
    await until(async () => (await distance().inputValue()) === "15", "the distance");
    await distance().fill("20");
    await until(() => server.posts.checks.at(-1).attributes.distance_km === 20, "the server to be told");
    await box().fill(`${TEXT}!`);
    await until(() => server.posts.checks.at(-1).text.endsWith("!"), "the new text to be read");
    expect(await distance().inputValue()).toBe("20");
    await field("distance").getByText("The text says something else; what stands here counts.").waitFor();
    await button("As the text says").click();
    await until(async () => (await distance().inputValue()) === "15", "the text's distance");
    await field("distance").getByRole("button", { name: "Clear: distance" }).click();
    await until(() => server.posts.checks.at(-1).attributes.distance_km === null, "taken out");
    expect(await distance().inputValue()).toBe("");
  });

  it("says doubts and mistakes beside their fields", async () => {
    await open("/console/posts/moving");
    await box().fill("15公里, 20公里");
    await until(async () => (await field("distance").innerText()).includes("different things: “15公里”, “20公里”"), "doubt");
    expect(await marks()).toEqual(["15公里", "20公里"]);
    await distance().fill("15 parsecs");
    await until(async () => (await field("distance").innerText()).includes("has an unknown unit"), "mistake");
    expect(await distance().getAttribute("aria-invalid")).toBe("true");
    expect(await field("vehicle").innerText()).not.toContain("missing");
  });

  it("says that a text tells of nothing, or of another kind of post, and takes it there", async () => {
    await open("/console/posts/moving");
    await box().fill("hello");
    await page.getByText("Nothing in this text tells of a field.").waitFor();
    await box().fill("空调维修");
    await page.getByRole("link", { name: "Write it as that kind" }).click();
    await page.getByRole("heading", { name: "Repair" }).waitFor();
    expect(await box().inputValue()).toBe("空调维修");
  });

  it("asks once at a time, and last for what stands there", async () => {
    await open("/console/posts/moving");
    await page.getByRole("heading", { name: "Moving" }).waitFor();
    let go = () => {};
    server.posts.held = new Promise<void>((done) => (go = done));
    await box().pressSequentially("van 15 km, total 30", { delay: 5 });
    go();
    await until(async () => (await distance().inputValue()) === "15", "the newest answer");
    expect(server.posts.checks.length).toBeLessThanOrEqual(3);
    expect(server.posts.checks.at(-1).text).toBe("van 15 km, total 30");
  });
});

describe("the estimate", () => {
  it("is an interval with the asked price in it, in words too", async () => {
    await open("/console/posts/moving");
    await box().fill(TEXT);
    await estimate().getByText("about ¥290").waitFor();
    await estimate().getByText("Asked here: ¥300. That is usual.").waitFor();
    await estimate().getByRole("img", { name: "From ¥232 over ¥290 to ¥363" }).waitFor();
    await estimate().getByText("distance: 15 km").waitFor();
    await estimate().getByText("30% dearer").waitFor();
    await estimate().getByText("with a lift: not told").waitFor();
    await estimate().getByText("小面包车搬家，12 公里").waitFor();
    await line("total price").fill("5000");
    await estimate().getByText("far above").waitFor();
  });

  it("says that no prices were learnt", async () => {
    await open("/console/posts/plain");
    await estimate().getByText("No prices were learnt").waitFor();
  });

  it("says that the server is busy", async () => {
    server.fail(/estimate/);
    await open("/console/posts/moving");
    await box().fill("van");
    await estimate().getByText("The server cannot answer now.").waitFor();
    await box().fill("van 15 km");
    await estimate().getByText("about ¥290").waitFor();
  });
});

describe("publishing", () => {
  it("says what is missing, keeps the post, and takes it back", async () => {
    await open("/console/posts/moving");
    await page.getByLabel("Title").fill("Cheap move");
    await button("Publish").click();
    await until(async () => (await field("vehicle").innerText()).includes("Still missing."), "what is missing");
    expect(server.posts.posts.size).toBe(0);
    await box().fill(TEXT);
    await page.getByText("Shop, category, tags").click();
    await page.getByLabel("Category").fill("Moving / Flats");
    await page.getByLabel("Tags").fill("fast，honest");
    await button("Publish").click();
    await page.getByText("Published as post-").waitFor();
    const [[id, post]] = [...server.posts.posts];
    expect(post).toMatchObject({
      template: "moving",
      title: "Cheap move",
      text: TEXT,
      category: ["Moving", "Flats"],
      tags: ["fast", "honest"],
      attributes: { vehicle: "van", distance_km: 15, lift: true, total: 30_000 },
    });
    await line("total price").fill("5000");
    await button("Publish the changes").click();
    await page.getByText("was flagged").waitFor();
    expect([...server.posts.posts.keys()]).toEqual([id]);
    await button("Take back").click();
    await page.getByText("Nobody finds it any more.").waitFor();
    expect(server.posts.posts.size).toBe(0);
    await button("Write another").click();
    expect(await box().inputValue()).toBe("");
  });

  it("loses nothing where the server refuses", async () => {
    await open("/console/posts/moving");
    await box().fill("van");
    await page.getByLabel("Title").fill("refuse");
    await button("Publish").click();
    await page.getByText("Not published: the journal is full").waitFor();
    expect(await box().inputValue()).toBe("van");
  });

  it("on a phone hangs over no edge in either language", async () => {
    await open("/console/posts/moving", { viewport: PHONE });
    await box().fill(TEXT);
    await estimate().getByText("about ¥290").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), "in English").toBe(false);
    await button("Language").click();
    await page.getByText("约 ¥290").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), "in Chinese").toBe(false);
  });

  it("works by keyboard alone", async () => {
    await open("/console/posts/moving", { viewport: PHONE, settings: { language: "zh" } });
    await page.getByLabel("帖子正文").focus();
    await page.keyboard.type("15公里");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await until(async () => page.getByRole("radio", { name: "面包车" }).isChecked(), "chosen by the blank key");
    await page.keyboard.press("ArrowRight");
    await until(async () => page.getByRole("radio", { name: "厢式货车" }).isChecked(), "chosen by an arrow");
    await page.getByText("约 ¥290").waitFor();
    await page.getByRole("textbox", { name: "距离" }).fill("15 光年");
    await page.getByText("“15 光年”不合适。应为 0 至 3,000 km。").waitFor();
  });
});
