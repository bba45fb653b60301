// A button beside a selection that copies its citation: words, source, link.

const pointsIn = (text) => [...text].length;

// The code point of the transcript at a place in a block. A mended word counts
// as a whole: its start for the start of a selection, its end for the end.
const place = (node, offset, atEnd) => {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element?.closest(".b[data-c]");
  if (!block) return null;
  const mended = element.closest(".repair[data-c]");
  if (mended) return Number(mended.dataset.c.split("-")[atEnd ? 1 : 0]);
  const skip = (n) => n.parentElement.closest(".was, .target, .card, .cite, .block-name") !== null;
  let count = Number(block.dataset.c);
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const edge = document.createRange();
  edge.setStart(node, offset);
  let lastMended = null;
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    if (skip(text)) continue;
    if (text === node) return count + pointsIn(text.data.slice(0, offset));
    if (edge.comparePoint(text, 0) >= 0) return count;
    const repair = text.parentElement.closest(".repair[data-c]");
    if (repair) {
      if (repair !== lastMended) count = Number(repair.dataset.c.split("-")[1]);
      lastMended = repair;
    } else {
      count += pointsIn(text.data);
    }
  }
  return count;
};

const selected = () => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (range.toString().trim() === "") return null;
  const start = place(range.startContainer, range.startOffset, false);
  const end = place(range.endContainer, range.endOffset, true);
  if (start === null || end === null || start >= end) return null;
  return { start, end, box: range.getBoundingClientRect() };
};

export const citing = () => {
  const words = document.getElementById("cite-words");
  if (!words) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite-button";
  button.hidden = true;
  document.body.append(button);
  let passage = null;

  const show = () => {
    const found = selected();
    if (!found) {
      if (document.activeElement !== button) button.hidden = true;
      return;
    }
    passage = found;
    button.textContent = words.dataset.cite;
    button.hidden = false;
    // Places are set through the object model, which the policy allows.
    button.style.left = `${Math.max(8, found.box.left + scrollX)}px`;
    button.style.top = `${found.box.bottom + scrollY + 6}px`;
  };

  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    const { start, end } = passage;
    const address = `/d/${words.dataset.source}/cite?p=${start}-${end}`;
    try {
      const answer = await fetch(`${address}&form=text`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      await navigator.clipboard.writeText(await answer.text());
      button.textContent = words.dataset.copied;
      setTimeout(() => { button.hidden = true; }, 1600);
    } catch {
      // Without a clipboard the page of the citation serves.
      button.textContent = words.dataset.failed;
      location.assign(address);
    }
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(button.waiting);
    button.waiting = setTimeout(show, 120);
  });
  // Something may have been selected before this module arrived.
  show();
};
