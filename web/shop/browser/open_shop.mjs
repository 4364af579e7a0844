// The shop in a page of its own context: as a phone or as a desktop, with what the shopper has set before.
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

// `settings` go into localStorage before the shop starts: language, theme, consent, meter, favourites.
export async function openShop(browser, url, { viewport = PHONE, scheme = "light", settings = {} } = {}) {
  const phone = viewport.width < 900;
  const context = await browser.newContext({
    viewport,
    hasTouch: phone,
    isMobile: phone,
    colorScheme: scheme,
    locale: "en-IE",
    deviceScaleFactor: phone ? 2 : 1,
  });
  await context.addInitScript((given) => {
    for (const [key, value] of Object.entries(given)) {
      if (localStorage.getItem(`shop.${key}`) === null) localStorage.setItem(`shop.${key}`, JSON.stringify(value));
    }
  }, settings);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  return { context, page, problems };
}
