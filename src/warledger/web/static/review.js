"use strict";

// The review by keyboard: a letter presses the button that bears it, unless one is writing.
const writing = (element) => element.closest("input, textarea, select") !== null;
const reason = document.querySelector("#reason");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.activeElement.blur();
  if (writing(event.target)) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    // A rejection needs its reason first; Enter in that field would accept, so the focus goes there and waits.
    if (button.value === "reject" && !reason.value.trim()) reason.focus();
    else button.click();
  } else if (event.key === "c") {
    event.preventDefault();
    const room = document.querySelector("#correction");
    if (!room) return;
    room.open = true;
    room.querySelector("input").focus();
  } else if (event.key === "o") {
    document.querySelector("#open")?.click();
  }
});

// Enter in the reason must not press the first button, which accepts.
reason?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  reason.blur();
});
