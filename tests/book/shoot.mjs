// Photographs pages in a headless Chromium: shoot.mjs (URL WIDTH SELECTOR FILE)…
// Of the page only what SELECTOR names, as high as it is.
import { createRequire } from "node:module";

const { chromium } = createRequire(`${process.env.PLAYWRIGHT}/`)("playwright-core");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const wanted = process.argv.slice(2);
while (wanted.length > 0) {
  const [url, width, selector, file] = wanted.splice(0, 4);
  const page = await browser.newPage({ viewport: { width: Number(width), height: 400 }, colorScheme: "light" });
  await page.goto(url);
  await page.locator(selector).screenshot({ path: file });
  console.log(file);
  await page.close();
}
await browser.close();
