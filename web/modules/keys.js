// Keys: / search, j and k next and previous, c cite, l legend, ? keys, Escape back.

const typing = (target) =>
  target.closest("input, textarea, select, [contenteditable]") !== null;

// Where j and k stop: answers in a list, words found in a document, and
// paragraphs when nothing was looked for.
const stops = () => {
  const found = [...document.querySelectorAll(".stop")];
  const open = found.filter((stop) => stop.closest("details:not([open])") === null);
  return open.length > 0 ? open : [...document.querySelectorAll(".words .b")];
};

let at = null;

const step = (by) => {
  const all = stops();
  if (all.length === 0) return;
  const here = all.indexOf(at);
  let next = here + by;
  if (here < 0) {
    // Start from what is on the screen.
    const below = all.findIndex((stop) => stop.getBoundingClientRect().top > 80);
    next = by > 0 ? Math.max(below, 0) : (below < 0 ? all.length : below) - 1;
  }
  at = all[Math.min(Math.max(next, 0), all.length - 1)];
  if (!at.hasAttribute("tabindex")) at.setAttribute("tabindex", "-1");
  at.focus({ preventScroll: true });
  at.scrollIntoView({ block: "center" });
};

const enter = () => {
  const link = at?.querySelector(".passage-line a, h2 a, .source-title a, a:not(.cite)");
  if (link && document.activeElement === at) link.click();
};

const cite = () => {
  const block = document.activeElement?.closest(".b");
  block?.querySelector(":scope > .cite")?.click();
};

export const keys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const search = document.getElementById("q");
    if (event.key === "Escape") {
      const here = document.activeElement;
      // A card is closed before anything is left.
      const open = here?.closest(".time, .amount");
      if (open || (here !== null && here !== document.body && typing(here))) {
        here.blur();
      } else if (location.pathname !== "/" || location.search !== "") {
        location.assign(document.body.dataset.up || "/");
      }
      return;
    }
    if (typing(event.target)) return;
    const does = {
      "/": () => { search?.focus(); search?.select(); },
      j: () => step(1),
      k: () => step(-1),
      c: cite,
      l: () => location.assign("/legend"),
      "?": () => location.assign("/keys"),
    }[event.key];
    if (does) {
      event.preventDefault();
      does();
    } else if (event.key === "Enter") {
      enter();
    }
  });
};
