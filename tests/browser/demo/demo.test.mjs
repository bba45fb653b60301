// The whole program on the demo dossier: read, open, search, cite.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, origin, search, visitor } from "../room.mjs";

after(close);

test("the overview counts the dossier and says what could not be read", async () => {
  await visitor({}, async (page) => {
    const words = await page.locator("main").innerText();
    assert.match(words, /\b3[0-9]\b|\b4[0-9]\b/, "some forty sources");
    for (const folder of ["press", "cables", "court", "leak"]) assert.match(words, new RegExp(folder));
  });
});

test("a search without accents finds Spanish words and opens the passage", async () => {
  await visitor({}, async (page) => {
    await search(page, "informacion estrategica");
    const hit = page.locator("main a[href*='/d/']").first();
    await hit.click();
    assert.match(page.url(), /\/d\/[0-9a-f]{16,}/);
    assert.match(await page.locator("main").innerText(), /Información Estratégica|INFORMACIÓN ESTRATÉGICA/);
  });
});

test("a cable shows its header as fields", async () => {
  await visitor({}, async (page) => {
    await search(page, "kind:cable");
    await page.locator("main a[href*='/d/']").first().click();
    const words = await page.locator("body").innerText();
    assert.match(words, /SECSTATE NORHAVEN/);
    assert.match(words, /HARLEMBASSY PUERTO ALBOR/);
  });
});

test("a page of a PDF has its picture, drawn by the program itself", async () => {
  await visitor({}, async (page) => {
    await search(page, "cuaderno estandarte type:application/pdf");
    await page.locator("main a[href*='/d/']").first().click();
    const source = await page.locator("img[src*='/page/']").first().evaluate((one) => one.src);
    const picture = await page.request.get(source);
    assert.equal(picture.status(), 200);
    assert.equal((await picture.body()).subarray(1, 4).toString(), "PNG");
  });
});

test("sums and days of the dossier are found by what they mean, and their cards say why", async () => {
  await visitor({}, async (page) => {
    await search(page, "amount:>1000000 USD");
    const marks = await page.locator(".hits mark").allInnerTexts();
    assert.ok(marks.some((words) => /1[.,]060[.,]000/.test(words)), marks.join());
    await search(page, "date:1991-05-03");
    assert.ok((await page.locator(".hits mark").allInnerTexts()).some((words) => words.includes("3 de mayo de 1991")));
    await search(page, "relojero type:text/html");
    await page.locator(".hit h2 a").first().click();
    const leaning = page.locator(".words .time:has(.card a)").first();
    await leaning.focus();
    assert.match(await leaning.locator(".card").innerText(), /reckoned from/);
  });
});

test("payments of the dossier are found as claims and open beside their cards", async () => {
  await visitor({}, async (page) => {
    await search(page, "kind:payment payee:mazuelos");
    assert.ok((await page.locator(".hit").count()) > 0, "somebody is said to have paid Mazuelos");
    for (const line of await page.locator(".said li a").allInnerTexts()) assert.match(line, /^payment.*→ .*mazuelos/i);
    const words = (await page.locator(".hits mark").first().innerText()).trim();
    await page.locator(".said a").first().click();
    await page.waitForSelector("#passage");
    const card = page.locator(".claim.asked");
    assert.match(await card.innerText(), /payment/);
    const lit = (await page.locator("mark.passage").allTextContents()).join("");
    assert.ok(lit.includes(words.slice(0, 12)), `${lit} / ${words}`);
    // Every card points at words that stand in the text.
    const lost = await page.evaluate(() => [...document.querySelectorAll(".claim")].filter((one) => !document.getElementById(`words-${one.dataset.n}`)).length);
    assert.equal(lost, 0);
  });
});
