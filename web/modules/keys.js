// Keys: / search, j and k next and previous, c cite, l legend, ? keys, Escape back.

const typing = (target) =>
  target.closest("input, textarea, select, [contenteditable]") !== null;

// Where j and k stop: answers in a list, words found in a document, claims when
// nothing was looked for, and paragraphs where there are none.
const stops = () => {
  const found = [...document.querySelectorAll(".stop")];
  const open = found.filter((stop) => stop.closest("details:not([open])") === null);
  if (open.length > 0) return open;
  const cards = [...document.querySelectorAll(".claims .claim")];
  return cards.length > 0 ? cards : [...document.querySelectorAll(".words .b")];
};

let at = null;

const step = (by) => {
  const all = stops();
  if (all.length === 0) return;
  const here = all.indexOf(at);
  let next = here + by;
  if (here < 0) {
    // Start from what is on the screen: of a claim its words.
    const shown = (stop) => document.getElementById(`words-${stop.dataset.n}`) ?? stop;
    const below = all.findIndex((stop) => shown(stop).getBoundingClientRect().top > 80);
    next = by > 0 ? Math.max(below, 0) : (below < 0 ? all.length : below) - 1;
  }
  at = all[Math.min(Math.max(next, 0), all.length - 1)];
  if (!at.hasAttribute("tabindex")) at.setAttribute("tabindex", "-1");
  at.focus({ preventScroll: true });
  // A claim brings its words to the middle by itself.
  if (!at.matches(".claim")) at.scrollIntoView({ block: "center" });
};

const enter = () => {
  const link = at?.querySelector(".passage-line a, h2 a, .source-title a, .claim-n, a:not(.cite)");
  if (link && document.activeElement === at) link.click();
};

const cite = () => {
  const here = document.activeElement;
  const link = here?.closest(".claim")?.querySelector(".claim-ways a") ?? here?.closest(".b")?.querySelector(":scope > .cite");
  link?.click();
};

export const keys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const search = document.getElementById("q");
    if (event.key === "Escape") {
      const here = document.activeElement;
      // A card is closed before anything is left.
      const open = here?.closest(".time, .amount");
      if (!document.dispatchEvent(new CustomEvent("quipu:leave", { cancelable: true }))) {
        if (here?.closest(".claims, .words")) here.blur();
      } else if (open || (here !== null && here !== document.body && typing(here))) {
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
