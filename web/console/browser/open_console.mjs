// The console in a page of its own context: as a phone or as a desktop, with what the editor has set before.
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

// `settings` go into localStorage before the console starts: language, theme, who.
export async function openConsole(browser, url, { viewport = PHONE, scheme = "light", settings = {} } = {}) {
  const phone = viewport.width < 900;
  const context = await browser.newContext({
    viewport,
    hasTouch: phone,
    isMobile: phone,
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-IE",
    deviceScaleFactor: phone ? 2 : 1,
  });
  await context.addInitScript((given) => {
    for (const [key, value] of Object.entries(given)) {
      if (localStorage.getItem(`console.${key}`) === null) localStorage.setItem(`console.${key}`, JSON.stringify(value));
    }
  }, settings);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  return { context, page, problems };
}
