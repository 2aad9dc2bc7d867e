"use strict";

// Draws each chart from its declaration, over the picture of the same chart that stands there without script.
// Expressions are interpreted, not compiled, so that the page's policy needs no exception.
const dark = window.matchMedia("(prefers-color-scheme: dark)");

async function show(figure) {
  const address = new URL(figure.dataset.chart, location.href);
  address.searchParams.set("theme", dark.matches ? "dark" : "light");
  address.searchParams.set("width", Math.floor(figure.clientWidth));
  const answer = await fetch(address);
  if (!answer.ok) return;
  const spec = await answer.json();
  const room = document.createElement("div");
  room.className = "drawn";
  const picture = figure.querySelector("picture");
  figure.insertBefore(room, picture);
  const options = { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: tips(figure) };
  try {
    await window.vegaEmbed(room, spec, options);
    picture.hidden = true;
    // The caption names the chart and a table tells it: marks one by one are no pictures of their own.
    for (const mark of room.querySelectorAll("svg [role], svg[role]")) mark.removeAttribute("role");
    room.setAttribute("role", "group");
    room.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
  } catch {
    room.remove();
  }
}

function tips(figure) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  figure.append(tip);
  return (_, event, item, value) => {
    tip.hidden = !value;
    if (!value) return;
    tip.textContent = typeof value === "string" ? value : Object.entries(value).map(([k, v]) => `${k}: ${v}`.replace(/^ : /, "")).join("\n");
    const box = figure.getBoundingClientRect();
    tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - 200)}px`;
    tip.style.top = `${event.clientY - box.top + 12}px`;
  };
}

const draw = (figure) => show(figure).catch(() => {});
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((e) => e.isIntersecting && window.vegaEmbed)) {
    seen.unobserve(entry.target);
    draw(entry.target);
  }
});
document.querySelectorAll("figure[data-chart]").forEach((figure) => seen.observe(figure));
