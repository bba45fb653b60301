// Claims: hover or focus on a claim's words or on its card lights the other;
// a click or Enter holds them, brings the words to the middle and the card into
// view. Without scripts the links between the two do the same.

export const claims = () => {
  const list = document.querySelector(".claims");
  if (!list) return;
  const column = list.closest(".reading");
  const cards = new Map();
  const words = new Map();
  const lines = new Map();
  const into = (map, key, element) => {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(element);
  };
  for (const card of list.querySelectorAll(".claim")) cards.set(card.dataset.n, card);
  const text = [...document.querySelectorAll(".words [data-k]")];
  for (const piece of text) {
    for (const group of piece.dataset.k.split(" ")) {
      for (const number of group.split(",")) into(words, number, piece);
    }
  }
  for (const line of document.querySelectorAll(".words [data-l]")) {
    for (const number of line.dataset.l.split(",")) into(lines, number, line);
  }
  let held = [];
  let hovered = [];

  const paint = () => {
    const lit = new Set([...held, ...hovered]);
    for (const [number, card] of cards) {
      card.classList.toggle("lit", lit.has(number));
      card.classList.toggle("held", held.includes(number));
    }
    for (const piece of document.querySelectorAll(".words [data-k].lit, .words .k.lit")) piece.classList.remove("lit");
    for (const number of lit) {
      for (const piece of [...(words.get(number) ?? []), ...(lines.get(number) ?? [])]) piece.classList.add("lit");
    }
  };
  const hover = (numbers) => {
    if (numbers.join() === hovered.join()) return;
    hovered = numbers;
    paint();
  };

  // The claims meant by a place in the text: those of the predicate there, else
  // those of the shortest passage around it.
  const meant = (target) => {
    const predicate = target.closest("[data-p]");
    if (predicate) return predicate.dataset.p.split(",");
    const piece = target.closest("[data-k]");
    return piece ? piece.dataset.k.split(" ")[0].split(",") : [];
  };

  const beside = () => {
    const [one, other] = [column.getBoundingClientRect(), document.getElementById("text").getBoundingClientRect()];
    return one.left >= other.right - 1 && getComputedStyle(column).overflowY === "auto";
  };
  const showCard = (number) => {
    const card = cards.get(number);
    if (!card || !beside()) return;
    const [box, frame] = [card.getBoundingClientRect(), column.getBoundingClientRect()];
    if (box.top >= frame.top && box.bottom <= Math.min(frame.bottom, innerHeight)) return;
    const middle = (Math.min(frame.bottom, innerHeight) - frame.top - box.height) / 2;
    column.scrollTop += box.top - frame.top - Math.max(middle, 8);
  };
  const showWords = (number) => {
    const place = document.getElementById(`words-${number}`) ?? words.get(number)?.[0];
    place?.closest("details")?.setAttribute("open", "");
    place?.scrollIntoView({ block: "center" });
  };
  const hold = (numbers) => {
    held = numbers.filter((number) => cards.has(number));
    paint();
    if (held.length > 0) showCard(held[0]);
  };

  const article = document.getElementById("text");
  article.addEventListener("pointerover", (event) => hover(meant(event.target)));
  article.addEventListener("pointerleave", () => hover([]));
  article.addEventListener("focusin", (event) => {
    // Focus by pointer is dealt with by the click; the passage of an address takes
    // the focus when the page opens and says nothing of its own.
    const numbers = meant(event.target);
    if (numbers.length > 0 && event.target.matches(":focus-visible")) hold(numbers);
  });
  article.addEventListener("click", (event) => {
    if (getSelection()?.isCollapsed === false) return;
    const link = event.target.closest("a, summary, .time, .amount, .repair");
    if (link && !link.matches("[data-p]")) return;
    const numbers = meant(event.target);
    if (link) event.preventDefault();
    hold(numbers);
  });
  list.addEventListener("pointerover", (event) => {
    const card = event.target.closest(".claim");
    hover(card ? [card.dataset.n] : []);
  });
  list.addEventListener("pointerleave", () => hover([]));
  list.addEventListener("focusin", (event) => {
    const card = event.target.closest(".claim");
    if (!card || held.includes(card.dataset.n)) return;
    hold([card.dataset.n]);
    showWords(card.dataset.n);
  });
  list.addEventListener("click", (event) => {
    const card = event.target.closest(".claim");
    const link = event.target.closest("a, summary");
    if (!card || (link && !link.matches(".claim-n"))) return;
    if (link) event.preventDefault();
    hold([card.dataset.n]);
    showWords(card.dataset.n);
  });
  document.addEventListener("quipu:leave", (event) => {
    if (held.length === 0) return;
    event.preventDefault();
    hold([]);
  });

  // The column follows the text while nothing is held and nobody is in it.
  const marks = [...document.querySelectorAll(".words [id^='words-']")];
  let waiting = false;
  const follow = () => {
    waiting = false;
    if (held.length > 0 || column.matches(":hover, :focus-within") || scrollY < 200 || !beside()) return;
    let [from, to] = [0, marks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (marks[middle].getBoundingClientRect().top < 96) from = middle + 1;
      else to = middle;
    }
    const card = cards.get(marks[from]?.id.slice("words-".length));
    if (card) column.scrollTop += card.getBoundingClientRect().top - column.getBoundingClientRect().top - 8;
  };
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(follow);
  }, { passive: true });

  // What the address asks for is held from the beginning.
  const asked = list.querySelector(".claim.asked")?.dataset.n ?? /^#(?:claim|words)-(\d+)$/.exec(location.hash)?.[1];
  if (asked) hold([asked]);
};
