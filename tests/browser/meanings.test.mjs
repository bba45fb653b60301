// Times and amounts in a document: quiet marks, a card each, a list beside.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, origin, search, visitor } from "./room.mjs";

after(close);

const article = async (page) => {
  await search(page, "fiscalia kind:article");
  await page.locator(".hit h2 a").first().click();
};

test("a click on a time opens its card, Escape and a click elsewhere close it", async () => {
  await visitor({}, async (page) => {
    await article(page);
    const time = page.locator(".words .time", { hasText: "ayer" }).first();
    const card = time.locator(".card");
    assert.equal(await card.isVisible(), false);
    await time.hover();
    assert.equal(await card.isVisible(), false, "hover alone disturbs nobody");
    await time.click();
    assert.equal(await card.isVisible(), true);
    const words = await card.innerText();
    assert.match(words, /15 December 2010/);
    assert.match(words, /2010-12-15/);
    assert.match(words, /document’s date,\s+16 December 2010/);
    assert.match(words, /test\.time/);
    const here = page.url();
    await page.keyboard.press("Escape");
    assert.equal(await card.isVisible(), false);
    assert.equal(page.url(), here, "Escape closes the card before it leaves the page");
    await time.click();
    await page.locator("h1").click();
    assert.equal(await card.isVisible(), false);
  });
});

test("by keyboard: Tab reaches a time, its card leads to the words it leans on", async () => {
  await visitor({}, async (page) => {
    await search(page, "kind:cable");
    await page.locator(".hit h2 a").first().click();
    const time = page.locator(".words .time", { hasText: "on the day before" });
    await time.focus();
    const card = time.locator(".card");
    assert.equal(await card.isVisible(), true);
    assert.match(await card.innerText(), /reckoned from\s+[“"]?021430Z/);
    const outline = await time.evaluate((one) => getComputedStyle(one).outlineStyle);
    assert.notEqual(outline, "none", "focus is seen");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "A");
    assert.equal(await card.isVisible(), true, "the card stays while its link has the focus");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#time-\d+$/);
    const there = await page.evaluate(() => document.querySelector(":target").textContent);
    assert.match(there, /^021430Z/);
  });
});

test("a vague time says its bounds, an amount its unit and what it is per", async () => {
  await visitor({}, async (page) => {
    await article(page);
    const until = page.locator(".words .time", { hasText: "hasta 1991" });
    await until.click();
    assert.match(await until.locator(".card").innerText(), /can be\s+31 December 1991 or earlier/);
    const amount = page.locator(".words .amount", { hasText: "once pagos" });
    await amount.click();
    assert.match(await amount.locator(".card").innerText(), /11\spago[\s\S]*per\s+year/);
  });
});

test("a card in a table is seen whole, and says what is undecided and why", async () => {
  for (const width of [360, 1280]) {
    await visitor({ viewport: { width, height: 800 } }, async (page) => {
      await search(page, "amount:>3000");
      await page.locator(".hit h2 a").first().click();
      const amount = page.locator(".words .amount").first();
      await amount.click();
      const card = amount.locator(".card");
      const words = await card.innerText();
      assert.match(words, /more than 3,007/);
      assert.match(words, /PEN, USD/);
      assert.match(words, /heading of the column/);
      const box = await card.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 800, JSON.stringify(box));
      assert.match(await card.locator("a").getAttribute("href"), /p=\d+-\d+.*#passage/);
    });
  }
});

test("times are found by what they may mean, and the expression is marked", async () => {
  await visitor({}, async (page) => {
    await search(page, "date:1985");
    assert.match(await page.locator(".understood").innerText(), /with a date in 1985/);
    const marks = await page.locator(".hits mark").allInnerTexts();
    assert.ok(marks.includes("hasta 1991"), marks.join());
    await search(page, "date:1992..1993 folder:press");
    assert.match(await page.locator(".total").innerText(), /No document/);
    await search(page, "amount:11");
    assert.match(await page.locator(".understood").innerText(), /an amount of 11/);
    assert.ok((await page.locator(".hits mark").allInnerTexts()).includes("once pagos"));
    await search(page, "amount:plenty");
    assert.match(await page.locator(".doubt").innerText(), /is not an amount/);
  });
});

test("the list beside the text leads to each, in the reader's language", async () => {
  await visitor({ locale: "es-PE" }, async (page) => {
    await article(page);
    const list = page.locator(".meanings");
    assert.match(await list.innerText(), /Fechas y cantidades/);
    // Beside claims the list is folded as a whole.
    await list.locator("summary").first().click();
    await list.locator("summary").nth(1).click();
    const line = list.locator("li", { hasText: "hasta 1991" });
    assert.match(await line.innerText(), /hasta 1991/);
    await line.locator("a").click();
    await page.waitForURL(/#time-\d+$/);
    const time = page.locator(".words .time", { hasText: "ayer" });
    await time.click();
    assert.match(await time.locator(".card").innerText(), /contado desde la fecha del documento/);
  });
});

test("without scripts cards open too; in print they stay away", async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await article(page);
    const time = page.locator(".words .time").first();
    await time.click();
    assert.equal(await time.locator(".card").isVisible(), true);
    await page.emulateMedia({ media: "print" });
    assert.equal(await time.locator(".card").isVisible(), false);
    assert.equal(await page.locator(".meanings").isVisible(), false);
  });
});

test("a citation of words around a time counts the words alone", async () => {
  await visitor({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await article(page);
    const words = await page.evaluate(() => {
      const time = [...document.querySelectorAll(".words .time")].find((one) => one.textContent.startsWith("ayer"));
      const walk = document.createTreeWalker(time.closest(".b"), NodeFilter.SHOW_TEXT);
      const behind = [];
      for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const after = time.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (after && !time.contains(text) && !text.parentElement.closest(".was, .cite")) behind.push(text);
      }
      // Over the edge of a claim, into its middle.
      const range = document.createRange();
      range.setStart(behind[0], 1);
      range.setEnd(behind[1], 6);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return range.toString();
    });
    await page.locator(".cite-button").click();
    await page.waitForFunction(() => document.querySelector(".cite-button").textContent.includes("copied"));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.startsWith(`“${words}”`), copied);
    await page.goto(origin + copied.match(/quipu:(\S+)/)[1]);
    assert.ok((await page.locator("mark.passage").allInnerTexts()).join("").includes(words));
  });
});
