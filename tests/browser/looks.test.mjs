import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, origin, search, visitor } from "./room.mjs";

after(close);

const paper = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const light = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, n) => sum + Number(n), 0) > 384;
const pages = async (page) => {
  await search(page, "the");
  const hit = await page.locator(".hit h2 a").first().getAttribute("href");
  return ["/", "/search?q=the", hit, "/keys", "/legend", "/nowhere"];
};

test("dark follows the system and can be chosen, without scripts too", async () => {
  await visitor({ colorScheme: "dark" }, async (page) => assert.ok(!light(await paper(page))));
  await visitor({ colorScheme: "light" }, async (page) => assert.ok(light(await paper(page))));
  await visitor({ colorScheme: "light", javaScriptEnabled: false }, async (page) => {
    await page.locator(".foot a", { hasText: "Night" }).click();
    await page.goto(`${origin}/keys`);
    assert.equal(await page.locator("html").getAttribute("data-look"), "dark");
  });
});

for (const width of [360, 768, 1280, 2560, 3840]) {
  test(`nothing runs out of a screen ${width} wide`, async () => {
    await visitor({ viewport: { width, height: 900 } }, async (page, { complaints }) => {
      for (const path of await pages(page)) {
        await page.goto(origin + path);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} is ${over} px too wide`);
      }
      // The browser reports a page that is not there; that one is meant.
      complaints.splice(0, complaints.length, ...complaints.filter((c) => !c.includes("404")));
    });
  });
}

test("lines of a source hold about 66 characters", async () => {
  await visitor({ viewport: { width: 1600, height: 900 } }, async (page) => {
    await search(page, "kind:article");
    await page.locator(".hit h2 a").first().click();
    // Before the style sheet is there, a line is as wide as the window.
    await page.waitForLoadState("load");
    const most = await page.evaluate(() => {
      const block = [...document.querySelectorAll(".words > .b.paragraph")].sort((a, b) => b.textContent.length - a.textContent.length)[0];
      const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      // A line ends where the next letter stands lower by more than half its height.
      let [longest, here, top] = [0, 0, -1];
      for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        if (text.parentElement.closest(".was, .target, .cite")) continue;
        for (let i = 0; i < text.length; i += 1) {
          const range = document.createRange();
          range.setStart(text, i);
          range.setEnd(text, i + 1);
          const box = range.getBoundingClientRect();
          if (box.width === 0) continue;
          here = box.top > top + box.height / 2 ? 1 : here + 1;
          top = box.top;
          longest = Math.max(longest, here);
        }
      }
      return longest;
    });
    assert.ok(most >= 55 && most <= 80, `${most} characters`);
  });
});

test("without scripts a person searches, reads, unfolds and cites", async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.fill("#q", "fiscalia");
    await page.locator(".ask button").click();
    await page.locator(".passage-line a").first().click();
    assert.ok(await page.locator("#passage").isVisible());
    await search(page, "fiscalia kind:article");
    await page.locator(".hit h2 a").first().click();
    await page.locator("details.fold summary").first().click();
    assert.ok(await page.locator("details.fold .b").first().isVisible());
    await page.locator(".words > .b .cite").first().click();
    assert.match(await page.locator("textarea#text").inputValue(), /seal/);
  });
});

test("in print the machine steps back and every paragraph has its address", async () => {
  await visitor({}, async (page) => {
    await search(page, "fiscalia kind:article");
    await page.locator(".passage-line a").first().click();
    await page.waitForSelector("#passage");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".top").isVisible(), false);
    const address = await page.locator(".words > .b .cite").first().evaluate((cite) => getComputedStyle(cite, "::after").content);
    assert.match(address, /\/d\/|attr\(href\)/);
    assert.ok((await page.pdf()).length > 1000);
  });
});

test("the interface speaks Spanish by header, by choice, and keeps it", async () => {
  await visitor({ locale: "es-PE" }, async (page) => {
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    assert.match(await page.locator("h1").innerText(), /Qué contiene el archivo/);
    await page.locator(".foot a", { hasText: "English" }).click();
    await page.goto(`${origin}/keys`);
    assert.match(await page.locator("h1").innerText(), /Keys/);
  });
  await visitor({}, async (page) => {
    await page.goto(`${origin}/search?q=fiscalia&lang=es`);
    assert.match(await page.locator(".understood").innerText(), /Se busca\s+la palabra «fiscalia»/);
    assert.match(await page.locator(".hit time").first().innerText(), / de /);
  });
});

test("no page brings more than 100 kB over the wire", async () => {
  await visitor({}, async (page, { context, complaints }) => {
    const paths = await pages(page);
    await search(page, "type:text/plain");
    for (const link of await page.locator(".hit h2 a").all()) paths.push(await link.getAttribute("href"));
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    for (const path of paths) {
      let weight = 0;
      const pictures = new Set();
      const meet = ({ requestId, response }) => { if (response.mimeType === "image/png") pictures.add(requestId); };
      const count = ({ requestId, encodedDataLength }) => { if (!pictures.has(requestId)) weight += encodedDataLength; };
      session.on("Network.responseReceived", meet);
      session.on("Network.loadingFinished", count);
      await page.goto(origin + path, { waitUntil: "networkidle" });
      session.off("Network.responseReceived", meet);
      session.off("Network.loadingFinished", count);
      assert.ok(weight > 1000 && weight <= 100_000, `${path} weighs ${weight} bytes`);
    }
    complaints.splice(0, complaints.length, ...complaints.filter((c) => !c.includes("404")));
  });
});
