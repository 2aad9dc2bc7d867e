"use strict";

// A claim's words and its entry in the list light up together, under the pointer or the focus.
for (const mark of document.querySelectorAll("mark[data-claims]")) {
  const numbers = mark.dataset.claims.trim().split(" ");
  const entries = [...document.querySelectorAll(".claims > .claim")];
  const own = numbers.map((n) => entries[n - 1]).filter(Boolean);
  const light = (on) => () => own.forEach((entry) => entry.classList.toggle("lit", on));
  mark.addEventListener("mouseenter", light(true));
  mark.addEventListener("mouseleave", light(false));
  for (const entry of own) {
    const show = (on) => () => mark.classList.toggle("lit", on);
    for (const [begin, end] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
      entry.addEventListener(begin, show(true));
      entry.addEventListener(end, show(false));
    }
  }
}
