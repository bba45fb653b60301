// Hover or focus on a field at the side lights its words in the text.

export const lighting = () => {
  const words = (link) => document.getElementById(`field-${link.dataset.field}`);
  for (const link of document.querySelectorAll("a[data-field]")) {
    const on = () => words(link)?.classList.add("lit");
    const off = () => words(link)?.classList.remove("lit");
    link.addEventListener("pointerenter", on);
    link.addEventListener("focus", on);
    link.addEventListener("pointerleave", off);
    link.addEventListener("blur", off);
    // The other way: hover on the words marks their line at the side.
    const line = link.closest("div");
    words(link)?.addEventListener("pointerenter", () => line?.classList.add("field", "lit"));
    words(link)?.addEventListener("pointerleave", () => line?.classList.remove("field", "lit"));
  }
  // A passage in the address without a fragment is brought to the eye.
  const passage = document.getElementById("passage");
  if (passage && location.hash === "" && location.search.includes("p=")) {
    passage.scrollIntoView({ block: "center" });
  }
};
