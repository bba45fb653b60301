// Opens the reading room in a browser as a person would, and watches that
// nothing leaves the machine and nothing complains.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const address = process.env.QUIPU_ADDRESS;
if (!address) throw new Error("QUIPU_ADDRESS is not set; run tests/browser/run.sh");
export const origin = new URL(address).origin;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

// One visitor: a fresh profile that has opened the secret address.
export async function visitor(options = {}, body) {
  const { open = true, ...rest } = options;
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 }, ...rest });
  const outside = [];
  const complaints = [];
  await context.route("**/*", (route) => {
    if (new URL(route.request().url()).origin === origin) return route.continue();
    outside.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  // A crowded machine is slow, not wrong.
  page.setDefaultTimeout(60_000);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  try {
    if (open) await page.goto(address);
    await body(page, { context, complaints });
    assert.deepEqual(outside, [], "requests left this machine");
    assert.deepEqual(complaints, [], "the console complains");
  } finally {
    await context.close();
  }
}

export const close = () => browser.close();

export const search = async (page, query) => {
  await page.goto(`${origin}/search?q=${encodeURIComponent(query)}`);
};

// Whether an element lies in the middle third or so of the screen.
export const centred = async (page, selector) => page.locator(selector).first().evaluate((element) => {
  const box = element.getBoundingClientRect();
  return box.top > innerHeight * 0.1 && box.bottom < innerHeight * 0.9;
});
