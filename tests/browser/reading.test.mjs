import assert from "node:assert/strict";
import { after, test } from "node:test";
import { centred, close, origin, search, visitor } from "./room.mjs";

after(close);

test("accents never matter, and a hit opens at its passage", async () => {
  await visitor({}, async (page) => {
    await page.fill("#q", "fiscalia");
    await page.press("#q", "Enter");
    await page.waitForURL(/search\?q=fiscalia/);
    assert.match(await page.locator(".understood").innerText(), /the word “fiscalia”/);
    const marks = await page.locator(".hits mark").allInnerTexts();
    assert.ok(marks.some((word) => word.toLowerCase() === "fiscalía"), marks.join());
    await page.locator(".passage-line a", { hasText: "fiscalía" }).first().click();
    await page.waitForSelector("#passage");
    assert.match(await page.locator("mark.passage").first().innerText(), /\S/);
    assert.ok(await centred(page, "#passage"), "the passage is centred");
    const wash = await page.locator("#passage").evaluate((mark) => getComputedStyle(mark).backgroundColor);
    assert.notEqual(wash, "rgba(0, 0, 0, 0)");
  });
});

test("every part of a question can be removed", async () => {
  await visitor({}, async (page) => {
    await search(page, "fiscalia zzzznothing");
    assert.match(await page.locator(".total").innerText(), /No document/);
    await page.locator(".part a").nth(1).click();
    assert.equal(new URL(page.url()).searchParams.get("q"), "fiscalia");
    assert.ok((await page.locator(".hit").count()) > 0);
  });
});

test("what is not understood is said and searched as words", async () => {
  await visitor({}, async (page) => {
    await search(page, "colour:red \"open");
    const doubts = (await page.locator(".doubt").allInnerTexts()).join(" ");
    assert.match(doubts, /no field called “colour”/);
    assert.match(doubts, /quotation mark is never closed/);
  });
});

test("a mended word shows the original on hover and on focus", async () => {
  await visitor({}, async (page) => {
    await page.goto(process.env.QUIPU_REPAIRED ?? `${origin}/search?q=Se%C3%B1ora+Ibarra`);
    await page.locator(".hit h2 a").first().click();
    const word = page.locator(".words .repair:not(.quiet)").first();
    const tip = word.locator(".was");
    assert.equal(await tip.isVisible(), false);
    await word.hover();
    assert.equal(await tip.isVisible(), true);
    assert.match(await tip.innerText(), /as read/);
    await page.mouse.move(0, 0);
    assert.equal(await tip.isVisible(), false);
    await word.focus();
    assert.equal(await tip.isVisible(), true);
  });
});

test("boilerplate is folded and can be unfolded", async () => {
  await visitor({}, async (page) => {
    await search(page, "fiscalia kind:article");
    await page.locator(".hit h2 a").first().click();
    const fold = page.locator("details.fold").first();
    const inside = fold.locator(".b").first();
    assert.equal(await inside.isVisible(), false);
    await fold.locator("summary").click();
    assert.equal(await inside.isVisible(), true);
    await fold.locator("summary").click();
    assert.equal(await inside.isVisible(), false);
  });
});

test("a selection is cited to the clipboard, a paragraph on its page", async () => {
  await visitor({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await search(page, "fiscalia kind:article");
    await page.locator(".hit h2 a").first().click();
    const words = await page.evaluate(() => {
      const block = [...document.querySelectorAll(".words .b")].find((b) => b.querySelector(".repair"));
      const repair = block.querySelector(".repair");
      const range = document.createRange();
      range.setStart(block.querySelector(".repair").firstChild, 0);
      range.setEnd(repair.firstChild, repair.firstChild.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return range.toString();
    });
    await page.locator(".cite-button").click();
    await page.waitForFunction(() => document.querySelector(".cite-button").textContent.includes("copied"));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.startsWith(`“${words}”`), copied);
    assert.match(copied, /quipu:\/d\/[0-9a-f]{16}\?p=\d+-\d+&w=[0-9a-f]+\.[0-9a-f]{12}#passage · seal /);

    // The link in the citation leads back to the very words.
    const link = copied.match(/quipu:(\S+)/)[1];
    await page.goto(origin + link);
    const lit = await page.locator("mark.passage").evaluateAll((marks) =>
      marks.map((mark) => [...mark.childNodes].map((n) => n.firstChild?.data ?? n.data ?? n.textContent).join("")).join(""));
    assert.ok(lit.includes(words), lit);

    await page.locator(".words > .b .cite").first().click();
    const text = await page.locator("textarea#text").inputValue();
    assert.match(text, /^“.+” .*seal \d+:[0-9a-f]{64}$/s);
    await page.locator("p > a", { hasText: "Back to the passage" }).click();
    await page.waitForSelector("#passage");
  });
});

test("an address whose words moved finds them, one whose words are gone says so", async () => {
  await visitor({}, async (page) => {
    await search(page, "fiscalia kind:article");
    const href = await page.locator(".passage-line a").first().getAttribute("href");
    const moved = href.replace(/p=(\d+)-(\d+)/, (_, a, b) => `p=${Number(a) + 7}-${Number(b) + 7}`);
    await page.goto(origin + moved);
    assert.match(await page.locator(".doubt").innerText(), /stand elsewhere now/);
    assert.ok((await page.locator("mark.passage").count()) > 0);
    await page.goto(origin + href.replace(/w=([0-9a-f]+)\.[0-9a-f]+/, "w=$1.000000000001"));
    assert.match(await page.locator(".doubt").innerText(), /no longer in the text/);
    assert.equal(await page.locator("mark.passage").count(), 0);
  });
});

test("keys: search, next, previous, open, keys page, back", async () => {
  await visitor({}, async (page) => {
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    await page.keyboard.press("Escape");
    await search(page, "the");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const at = () => page.evaluate(() => [...document.querySelectorAll(".stop")].indexOf(document.activeElement));
    const two = await at();
    await page.keyboard.press("k");
    assert.equal(await at(), two - 1);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none", "focus is seen");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/d\//);
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/search\?q=the/);
    await page.keyboard.press("?");
    await page.waitForURL(/\/keys/);
    await page.keyboard.press("Escape");
    await page.waitForURL(`${origin}/`);
  });
});

test("the page picture stands beside the text with the passage lit", async () => {
  await visitor({ viewport: { width: 1600, height: 1000 } }, async (page) => {
    await search(page, "kind:cable");
    await page.locator(".hit h2 a").first().click();
    const picture = await page.locator(".picture").boundingBox();
    const text = await page.locator("article.text").boundingBox();
    const reading = await page.locator(".reading").boundingBox();
    assert.ok(picture.x + picture.width <= text.x && text.x + text.width <= reading.x, "three columns in order");
    const drawn = await page.locator(".sheet img, .no-picture").first();
    assert.ok(await drawn.isVisible());
  });
});
