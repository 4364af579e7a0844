// Local services in a real browser: what is needed is picked in the slider, and the posts follow.
import { describe, expect, it } from "vitest";
import { Finger } from "../../sdk/browser/phone.mjs";
import { DESKTOP } from "./open_shop.mjs";
import { open as openAt, opened, page, server, smallTargets } from "./opened";

opened();

const open = (path: string, options: object = {}) => {
  server.local = true;
  return openAt(server.url + path, { settings: { consent: "denied", language: "en" }, ...options });
};
const until = (holds: () => boolean | Promise<boolean>, what: string) =>
  expect.poll(holds, { timeout: 12_000, message: what }).toBe(true);
const chip = (name: string) => page.locator(".want", { hasText: name });
const titles = () => page.locator(".local .card-title").allInnerTexts();
const all = (word: string) => async () => {
  const list = await titles();
  return list.length > 0 && list.every((title) => title.includes(word));
};
const picks = () => server.events.filter((event: { action?: string }) => event.action === "tag_pick");
const navigation = () => page.getByRole("navigation", { name: "Main" });

describe("local services", () => {
  it("are linked only where the shop has them", async () => {
    await openAt(server.url, { settings: { consent: "denied", language: "en" } });
    await page.locator(".card-link").first().waitFor();
    await until(() => server.asked.includes("/v1/scenes/scenario-slider"), "the question for the slider");
    expect(await navigation().getByRole("link", { name: "Services" }).count()).toBe(0);
    await page.goto(`${server.url}/local`);
    await page.getByText("There are no local services here yet.").waitFor();
    server.local = true;
    await page.goto(server.url);
    await navigation().getByRole("link", { name: "Services" }).tap();
    await page.getByRole("heading", { name: "Local services" }).waitFor();
  });

  it("say why each need stands in the slider", async () => {
    await open("/local");
    await chip("空调不制冷").waitFor();
    expect(await chip("空调不制冷").innerText()).toContain("because you looked at 空调维修");
    expect(await chip("搬新家").innerText()).toContain("you often look at 搬家");
  });

  it("follow what is picked, in the address too, until it is taken back", async () => {
    await open("/local");
    await until(async () => (await titles()).length === 20, "the first page");
    expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), "nothing hangs over").toBe(false);
    await chip("搬新家").tap();
    await until(all("搬家"), "posts that carry its tags");
    await page.getByRole("heading", { name: "Posts for “搬新家”" }).waitFor();
    expect(await chip("搬新家").getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator(".post-card-why").first().innerText()).toBe("Tells of 居民搬家");
    await page.reload();
    await until(all("搬家"), "still after a reload");
    await chip("搬新家").tap();
    await page.getByRole("heading", { name: "All posts" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Posts for “搬新家”" }).waitFor();
    await page.getByRole("button", { name: "Take back" }).tap();
    await page.getByRole("heading", { name: "All posts" }).waitFor();
    expect(picks(), "nothing is told without consent").toEqual([]);
  });

  it("tell a pick with its answer, and the next slider knows of it", async () => {
    await open("/local", { settings: { consent: "granted", language: "en" } });
    await chip("换季").tap();
    await until(() => picks().length === 1, "the pick");
    expect(picks()[0]).toMatchObject({ item: "scene/换季", tag: "换季", request: expect.stringContaining("scenario-slider") });
    await navigation().getByRole("link", { name: "Shop" }).tap();
    await page.getByRole("heading", { name: "For you" }).waitFor();
    await navigation().getByRole("link", { name: "Services" }).tap();
    await until(async () => (await page.locator(".want b").first().innerText()) === "换季", "what was picked first");
    expect(server.slider.at(-1).shopper).toBe(picks()[0].shopper);
  });

  it("go on as the finger scrolls, each post once", async () => {
    await open("/local");
    const finger = await Finger.on(page);
    await until(async () => (await titles()).length === 20, "the first page");
    for (let i = 0; i < 8; ++i) await finger.swipe([200, 700], [200, 100], 80);
    await until(async () => (await titles()).length === 45, "all of them");
    expect(new Set(await titles()).size).toBe(45);
    await page.getByText("That was everything for now.").waitFor();
  });

  it("show what a post says in its template's words, and posts like it", async () => {
    await open("/local", { viewport: DESKTOP });
    await page.locator(".post-card-link").nth(1).click();
    await page.getByRole("tab", { name: "Specifications" }).click();
    const rows = page.getByRole("row");
    expect(await rows.filter({ hasText: "distance" }).innerText()).toMatch(/4 km/);
    expect(await rows.filter({ hasText: "total price" }).innerText()).toMatch(/¥87.00/);
    expect(await page.getByRole("button", { name: "Add to cart" }).count()).toBe(0);
    const rail = page.getByRole("region", { name: "Similar posts" });
    expect(await rail.locator(".post-card").count()).toBe(12);
    expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), "nothing hangs over").toBe(false);
    expect(await rail.locator(".post-card-why").first().innerText()).toBe("Also: 居民搬家");
    await page.getByRole("link", { name: "搬家", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "搬家" }).waitFor();
    await until(all("搬家"), "those of the category");
  });

  it("fit a phone, with targets a finger can hit", async () => {
    await open("/local?pick=tag%2F上门快@空调维修");
    for (const path of ["/local?category=搬家", "/local", "/item/post-1"]) {
      await page.goto(server.url + path);
      await page.locator(".post-card").first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(390);
      expect(await smallTargets(), path).toEqual([]);
    }
  });

  it("say when nothing fits, and hang over no edge", async () => {
    await open("/local?pick=tag%2Fnobody", { settings: { consent: "denied", language: "zh" } });
    await page.getByText("暂时没有合适的帖子。").waitFor();
    await chip("nobody").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth")).toBe(false);
  });
});
