import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, origin, search, visitor } from "./room.mjs";

after(close);

// `owned` is set as the title of the page by every script of the document.
const unharmed = async (page) => {
  assert.notEqual(await page.title(), "owned");
  const own = await page.evaluate(() => ({
    scripts: [...document.scripts].filter((script) => !script.src.startsWith(`${location.origin}/-/`)).length,
    handlers: [...document.querySelectorAll("*")].filter((element) =>
      [...element.attributes].some((attribute) => attribute.name.startsWith("on"))).length,
    foreign: document.querySelectorAll("iframe, object, embed, base, .words style, .words svg, .words img").length,
    live: [...document.querySelectorAll("a")].filter((a) => !a.href.startsWith(location.origin)).length,
    forms: [...document.forms].filter((form) => !form.action.startsWith(location.origin)).length,
  }));
  assert.deepEqual(own, { scripts: 0, handlers: 0, foreign: 0, live: 0, forms: 0 });
};

test("a hostile document is shown as words and runs nothing", async () => {
  await visitor({}, async (page) => {
    await search(page, "hostilepage");
    await unharmed(page);
    assert.ok((await page.locator(".hit").count()) > 0, "the hostile document is in the archive");
    await page.locator(".hit h2 a").first().click();
    await unharmed(page);
    assert.match(await page.locator("h1").innerText(), /<script>|<img/);
    await page.locator(".words .cite").first().click();
    await unharmed(page);
    await page.goto(`${origin}/`);
    await unharmed(page);
  });
});

test("a hostile question is shown as words", async () => {
  await visitor({}, async (page) => {
    for (const query of ["\"><script>document.title='owned'</script>", "title:<img src=x onerror=alert(1)>", "</title><svg onload=alert(1)>"]) {
      await search(page, query);
      await unharmed(page);
      assert.equal(await page.inputValue("#q"), query);
    }
  });
});

test("originals are only ever saved", async () => {
  await visitor({}, async (page, { context }) => {
    await search(page, "hostilepage");
    await page.locator(".hit h2 a").first().click();
    const href = await page.locator("a[download]").getAttribute("href");
    const answer = await context.request.get(origin + href);
    assert.equal(answer.headers()["content-type"], "application/octet-stream");
    assert.match(answer.headers()["content-disposition"], /^attachment; filename="[\w.\- ]+"/);
  });
});
