// Claims on the page of a document: cards beside the words they point at, lines of
// their standing, filters, addresses, search by what they say.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { centred, close, origin, search, visitor } from "./room.mjs";

after(close);

const hearing = async (page, query = "") => {
  await search(page, "title:hearing");
  const href = await page.locator(".hit h2 a").first().getAttribute("href");
  await page.goto(`${origin}${href.split("?")[0]}${query}`);
};
const card = (page, words) => page.locator(".claim", { hasText: words }).first();

test("every standing has its word, its card and its line", async () => {
  await visitor({}, async (page) => {
    await hearing(page);
    const looks = new Set();
    for (const standing of ["asserted", "reported", "alleged", "testified", "found", "denied", "retracted", "planned"]) {
      const word = page.locator(`.claim .standing.${standing}`).first();
      assert.equal(await word.innerText(), standing);
      assert.ok((await page.locator(`.words .k.${standing}`).count()) > 0, standing);
      const look = await word.evaluate((one) => {
        const { textDecorationLine, textDecorationStyle, textDecorationThickness, borderLeftStyle, color } = getComputedStyle(one);
        return [textDecorationLine, textDecorationStyle, textDecorationThickness, borderLeftStyle, color].join();
      });
      looks.add(look);
    }
    assert.equal(looks.size, 8, "each standing looks like none other");
    // Cards stand in the order of the text.
    const numbers = await page.locator(".claim").evaluateAll((cards) => cards.map((one) => Number(one.dataset.n)));
    assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b));
    const lanes = await page.locator(".words .p", { hasText: "had paid" }).locator("xpath=ancestor::span[contains(@class,'k ')]").evaluateAll((lines) => lines.map((line) => getComputedStyle(line).textUnderlineOffset));
    assert.equal(new Set(lanes).size, lanes.length, "passages over each other keep their lines apart");
    assert.ok(lanes.length >= 2);
  });
});

test("hover and focus on either light the other", async () => {
  await visitor({}, async (page) => {
    await hearing(page);
    await page.locator(".words .p", { hasText: "threatened" }).hover();
    assert.match(await page.locator(".claim.lit").innerText(), /threat/);
    await card(page, "was hidden").locator(".tie").hover();
    assert.match(await page.locator(".words .lit").first().innerText(), /the loan/);
    await page.locator("h1").hover();
    assert.equal(await page.locator(".lit").count(), 0);
    // One predicate, two claims: both cards.
    await page.locator(".words .p", { hasText: "had paid" }).first().click();
    assert.equal(await page.locator(".claim.held").count(), 2);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".claim.held").count(), 0);
  });
});

test("j and k walk the claims; Escape lets go before it leaves", async () => {
  await visitor({}, async (page) => {
    await hearing(page);
    const here = page.url();
    await page.keyboard.press("j");
    const first = await page.locator(".claim.held").getAttribute("data-n");
    await page.keyboard.press("j");
    const second = await page.locator(".claim.held").getAttribute("data-n");
    assert.equal(Number(second), Number(first) + 1);
    assert.ok(await centred(page, `#words-${second}`) || (await page.evaluate(() => scrollY)) === 0);
    await page.keyboard.press("k");
    assert.equal(await page.locator(".claim.held").getAttribute("data-n"), first);
    await page.keyboard.press("Escape");
    assert.equal(page.url(), here);
    assert.equal(await page.locator(".claim.held").count(), 0);
  });
});

test("a card says who, to whom, on whose word, how surely and why", async () => {
  await visitor({}, async (page) => {
    await hearing(page);
    const paid = card(page, "testified");
    const words = await paid.innerText();
    for (const part of [/payment/, /Rafael Loyo/, /had paid/, /→/, /Elena Ibarra/, /the mayor/, /said by/, /Tomás Mora/, /told the judge/]) assert.match(words, part);
    await paid.locator("summary").click();
    assert.match(await paid.innerText(), /“had paid” is read as payment\..*payer: the mayor.*test\.claim\.payment/s);
    assert.match(await card(page, "never received").innerText(), /NOT/i);
    assert.match(await card(page, "was hidden").innerText(), /unsure \(40 %\)/);
    assert.match(await card(page, "had met").innerText(), /the embassy reported\s+← La Mañana wrote/);
  });
});

test("the address of a claim lights it, in the middle, and can be cited", async () => {
  await visitor({}, async (page) => {
    await hearing(page);
    await card(page, "Planned".toLowerCase()).locator(".claim-ways a").nth(1).click();
    await page.waitForSelector("#passage");
    assert.match(page.url(), /claim=c[0-9a-f]{32}&p=\d+-\d+&w=/);
    await page.waitForSelector(".claim.asked.held");
    assert.match(await page.locator(".claim.asked").innerText(), /sentence/);
    assert.equal(await page.locator(".claim.held").count(), 1);
    assert.match(await page.locator("mark.passage").first().innerText(), /The court/);
    await page.locator(".claim.asked .claim-ways a").first().click();
    const text = await page.inputValue("textarea#text");
    assert.match(text, /^“The court will sentence Loyo in May” “Hearing in the case of the bank”\. .*claim=c[0-9a-f]{32}&p=.*seal/);
    assert.match(await page.locator(".cited-claim").innerText(), /sentence: The court → Rafael Loyo planned/);

    // A claim that is read no more: its words are still found.
    const link = (await page.inputValue("textarea#link")).replace(/claim=c[0-9a-f]{4}/, "claim=c0000");
    await page.goto(origin + link);
    assert.match(await page.locator(".doubt").innerText(), /no longer read here/);
    assert.match(await page.locator("mark.passage").first().innerText(), /The court/);
  });
});

test("filters leave the claims that are asked for, without scripts too", async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await hearing(page);
    const all = await page.locator(".claim").count();
    await page.locator(".claim-filter summary").click();
    await page.selectOption("select[name=kind]", "payment");
    await page.selectOption("select[name=standing]", "testified");
    await page.locator(".claim-filter button").click();
    assert.equal(await page.locator(".claim").count(), 2);
    assert.match(await page.locator(".kept").first().innerText(), new RegExp(`2 of ${all} are shown`));
    assert.equal(await page.locator(".words .k.alleged").count(), 0);
    await page.locator(".kept a", { hasText: "Show all" }).click();
    assert.equal(await page.locator(".claim").count(), all);
    // Links lead from words to cards and back.
    await page.locator(".words .p", { hasText: "threatened" }).click();
    assert.match(page.url(), /#claim-\d+$/);
    assert.match(await page.locator(".claim:target").innerText(), /threat/);
    await page.locator(".claim:target .claim-n").click();
    assert.match(page.url(), /#words-\d+$/);
  });
});

test("search asks all its parts of one claim and says so", async () => {
  await visitor({}, async (page) => {
    await search(page, "kind:payment payer:loyo standing:testified");
    assert.match(await page.locator(".understood").innerText(), /kind “payment”.*“loyo” as payer.*that is testified.*all in one claim/s);
    assert.equal(await page.locator(".hit").count(), 1);
    assert.match(await page.locator(".hits mark").allInnerTexts().then((all) => all.join("")), /the mayor had paid Ibarra/);
    assert.match(await page.locator(".said li").first().innerText(), /payment: Rafael Loyo → Elena Ibarra testified said by Tomás Mora/);
    await page.locator(".said a").first().click();
    await page.waitForSelector("#passage");
    assert.match(await page.locator(".claim.asked").innerText(), /Elena Ibarra/);
    // Each half holds somewhere, no claim holds both.
    await search(page, "payer:loyo standing:alleged");
    assert.equal(await page.locator(".hit").count(), 0);
    await search(page, "who:loyo standing:alleged");
    assert.equal(await page.locator(".hit").count(), 1);
    await search(page, "holder:embassy");
    assert.match(await page.locator(".hits mark").first().innerText(), /he/);
    await search(page, "kind:payment");
    const facet = page.locator(".narrow", { hasText: "Standing of claims" });
    await facet.locator("a", { hasText: "testified" }).click();
    assert.equal(await page.locator(".hit").count(), 1);
    await page.locator(".part a").first().click();
    assert.match(page.url(), /q=standing:testified/);
  });
});

test("on a narrow screen the held card comes to the foot of the screen", async () => {
  await visitor({ viewport: { width: 390, height: 800 } }, async (page) => {
    await hearing(page);
    await page.locator(".words .p", { hasText: "threatened" }).click();
    const held = page.locator(".claim.held");
    assert.equal(await held.evaluate((one) => getComputedStyle(one).position), "fixed");
    assert.ok(await held.isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".claim.held").count(), 0);
  });
});

test("cards and filters speak Spanish", async () => {
  await visitor({ locale: "es-PE" }, async (page) => {
    await hearing(page);
    const words = await page.locator(".claims").innerText();
    for (const part of [/afirmaciones/, /pago/, /declarado/, /según/, /el propio documento/]) assert.match(words, part);
    await search(page, "kind:payment según:mora");
    assert.match(await page.locator(".understood").innerText(), /clase «pago».*en una misma afirmación/s);
  });
});

test("in print claims are numbered notes with full citations", async () => {
  await visitor({}, async (page) => {
    await hearing(page);
    await page.emulateMedia({ media: "print" });
    const note = await card(page, "testified").locator(".note").innerText();
    assert.match(note, /^“the mayor had paid .*” “Hearing in the case of the bank”\. quipu:\/d\/[0-9a-f]{16}\?claim=c[0-9a-f]{32}&p=.* · seal \d+:[0-9a-f]{64}$/);
    const behind = await page.locator(".words .note-n").first().evaluate((one) => getComputedStyle(one, "::after").content);
    assert.match(behind, /\d|attr/);
    assert.equal(await page.locator(".claim-filter").isVisible(), false);
  });
});

test("a long book full of claims stays light", async () => {
  await visitor({}, async (page, { context }) => {
    await search(page, "title:history");
    const href = await page.locator(".hit h2 a").first().getAttribute("href");
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    let weight = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => { weight += encodedDataLength; });
    await page.goto(origin + href, { waitUntil: "networkidle" });
    assert.ok((await page.locator(".claim").count()) > 40);
    assert.ok(weight > 1000 && weight <= 100_000, `${weight} bytes came over the wire`);
    await page.locator(".claims .kept a", { hasText: "Next section" }).click();
    assert.match(page.url(), /part=2/);
  });
});
