// The built console in a real browser, against a server in memory.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch } from "../../sdk/browser/phone.mjs";
import { FakeServer } from "./fake_server.mjs";
import { DESKTOP, openConsole, PHONE } from "./open_console.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");

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
    settings: { language: "en", who: "Lin" },
    ...options,
  }));
const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = () => page.getByRole("heading", { level: 1 });
const search = () => page.getByRole("combobox", { name: "Search tags" });
const until = (holds: () => boolean | Promise<boolean>, what: string) =>
  expect.poll(holds, { timeout: 12_000, message: what }).toBe(true);
const texts = (selector: string) => page.locator(selector).allInnerTexts();
const listed = async () => (await texts(".results .tag-name")).join(" ");
const FAST = `/console/tags/tag/${encodeURIComponent("上门快")}`;

async function sign(action: string, why: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(why);
  await dialog.getByRole("button", { name: action, exact: true }).click();
}

describe("the explorer", () => {
  it("lists the most seen first, and what begins as typed", async () => {
    await open("/console");
    await until(async () => (await listed()) === "上门快 加氟 迟到 空调维修", "all of them");
    await search().fill("加");
    await until(async () => (await listed()) === "加氟", "one of them");
    expect(page.url()).toContain(`q=${encodeURIComponent("加")}`);
    await search().fill("none");
    await page.getByText("Nothing begins like that.").waitFor();
  });

  it("filters by kind and opinion, and keeps that in the address", async () => {
    await open("/console/tags?polarity=-1");
    await until(async () => (await listed()) === "迟到", "the complaint");
    await page.getByLabel("Opinion").selectOption("");
    await page.getByLabel("Kind").selectOption("category");
    await until(async () => (await listed()) === "空调维修", "the category");
    await page.reload();
    await until(async () => (await listed()) === "空调维修", "still the category");
  });

  it("completes by the keyboard alone", async () => {
    await open("/console");
    await search().pressSequentially("加雪");
    await page.locator(".completions li").waitFor();
    await search().press("ArrowDown");
    await search().press("Enter");
    await until(async () => (await heading().innerText()) === "加氟", "the tag whose variant it is");
  });

  it("tells why a tag is joined to another, and leads there", async () => {
    await open(`/console/tags/tag/${encodeURIComponent("加氟")}?industry=${encodeURIComponent("空调维修")}`);
    await page.getByText("“加氟” belongs to the category “空调维修”.").waitFor();
    expect(await texts(".evidence")).toEqual(["weight 0.82\npmi 3.1"]);
    await page.locator(".neighbourhood svg a").click();
    await until(async () => (await heading().innerText()) === "空调维修", "the category's page");
  });

  it("says that the server is busy, and asks again", async () => {
    server.fail(/v1.tags.limit=100/);
    await open("/console");
    await button("Try again").click();
    await until(async () => (await listed()) !== "", "the list after the second try");
  });

  it("on a phone shows the list, then one tag, then the list again", async () => {
    await open("/console", { viewport: PHONE });
    await page.getByRole("link", { name: /上门快/ }).tap();
    await until(async () => (await heading().innerText()) === "上门快", "the tag");
    expect(await search().isVisible()).toBe(false);
    await page.getByRole("link", { name: "All tags" }).tap();
    await search().waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    expect(wide, "nothing hangs over the edge").toBe(false);
  });
});

describe("an editor", () => {
  it("accepts with a reason and a name, and takes it back", async () => {
    await open(FAST);
    await button("Accept").click();
    expect(await page.getByRole("dialog").getByRole("button", { name: "Accept", exact: true }).isDisabled()).toBe(true);
    await sign("Accept", "seen daily");
    await heading().getByLabel("Accepted").waitFor();
    expect(server.edits).toMatchObject([{ edit: "accept", who: "Lin", why: "seen daily", kind: "tag", name: "上门快" }]);
    await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
    await sign("Undo", "by mistake");
    await until(async () => (await heading().getByLabel("Accepted").count()) === 0, "no longer accepted");
  });

  it("renames, and goes on under the new name", async () => {
    await open(FAST);
    await button("Rename").click();
    await page.getByRole("dialog").getByLabel("New name").fill("上门及时");
    await sign("Rename", "clearer");
    await until(async () => (await heading().innerText()) === "上门及时", "the new name");
  });

  it("merges into what was chosen among completions", async () => {
    await open(`/console/tags/tag/${encodeURIComponent("迟到")}`);
    await button("Merge").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("same");
    expect(await dialog.getByRole("button", { name: "Merge", exact: true }).isDisabled()).toBe(true);
    await dialog.getByRole("combobox").pressSequentially("上门");
    await dialog.getByRole("option").click();
    await sign("Merge", "same");
    await until(async () => (await heading().innerText()) === "上门快", "what it became part of");
    expect(server.edits).toMatchObject([{ edit: "merge", name: "迟到", to: "上门快" }]);
  });

  it("bans, reads so in the list of decisions, and undoes there", async () => {
    await open(FAST);
    await button("Ban").click();
    await sign("Ban", "too vague");
    await page.getByText("There is no such tag any more").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Decisions" }).click();
    await page.getByText("too vague").waitFor();
    await button("Undo: banned “上门快”").click();
    await sign("Undo", "not vague");
    await page.getByText("undone by no. 2").waitFor();
    expect(server.tags().some(({ name }: { name: string }) => name === "上门快")).toBe(true);
  });

  it("reads why a decision was refused, and loses nothing typed", async () => {
    await open(FAST);
    await button("Ban").click();
    await sign("Ban", "refuse");
    await page.getByText("undo line 1 first").waitFor();
    expect(await page.getByLabel("Reason").inputValue()).toBe("refuse");
    await page.keyboard.press("Escape");
    await until(async () => (await page.getByRole("dialog").count()) === 0, "closed");
    expect(server.edits).toEqual([]);
  });
});

describe("language and appearance", () => {
  it("change at once and are kept", async () => {
    await open("/console");
    await button("Language").click();
    await page.getByRole("link", { name: "决定" }).waitFor();
    await page.getByRole("button", { name: /外观/ }).click();
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
    await page.reload();
    await page.getByRole("link", { name: "决定" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang + document.documentElement.dataset.theme")).toBe("zh-CNlight");
  });
});
