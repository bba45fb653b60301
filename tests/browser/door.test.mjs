import assert from "node:assert/strict";
import http from "node:http";
import { after, test } from "node:test";
import { address, close, origin, visitor } from "./room.mjs";

after(close);

const ask = (path, headers = {}, method = "GET") => new Promise((resolve, reject) => {
  const request = http.request(origin + path, { method, headers }, (answer) => {
    let body = "";
    answer.on("data", (piece) => { body += piece; });
    answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
  });
  request.on("error", reject);
  request.end();
});

test("the secret address opens the room and leaves the address bar", async () => {
  await visitor({}, async (page, { context }) => {
    assert.equal(page.url(), `${origin}/`);
    assert.match(await page.locator("h1").innerText(), /What the archive holds/);
    const cookie = (await context.cookies()).find((one) => one.name.startsWith("quipu-") && /\d$/.test(one.name));
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, "Strict");
  });
});

test("without the secret the room is closed and tells nothing", async () => {
  for (const path of ["/", "/search?q=bank", "/?k=wrong", "/d/0000000000000000/original"]) {
    const answer = await ask(path);
    assert.equal(answer.status, 403, path);
    assert.match(answer.body, /This room is closed/);
    assert.doesNotMatch(answer.body, /name="q"/);
  }
});

test("a foreign host name or origin is turned away", async () => {
  const key = new URL(address).search;
  assert.equal((await ask(`/${key}`, { host: "evil.example" })).status, 421);
  const port = new URL(origin).port;
  assert.equal((await ask(`/${key}`, { host: `evil.example:${port}` })).status, 421);
  assert.equal((await ask("/", { origin: "http://evil.example" }, "POST")).status, 403);
});

test("every answer is sealed", async () => {
  for (const path of ["/", "/-/room.css", "/nowhere"]) {
    const { headers } = await ask(path);
    const policy = headers["content-security-policy"];
    for (const rule of ["default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'",
      "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      assert.ok(policy.includes(rule), `${path}: ${rule}`);
    }
    assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
  }
  assert.equal((await ask("/")).headers["cache-control"], "no-store");
});
