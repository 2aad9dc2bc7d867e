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
  let drawn;
  const options = { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: tips(figure) };
  try {
    drawn = await window.vegaEmbed(room, spec, options);
    picture.hidden = true;
    // The caption names the chart and a table tells it: marks one by one are no pictures of their own.
    for (const mark of room.querySelectorAll("svg [role], svg[role]")) mark.removeAttribute("role");
    room.setAttribute("role", "group");
    room.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
  } catch {
    room.remove();
    return;
  }
  if (figure.dataset.chart.includes("/timeline.nights.")) followSpan(drawn.view);
}

// A span that was drawn on the strip becomes the page's address, its form and everything below the nights.
function followSpan(view) {
  let span;
  view.addSignalListener("span", (_, value) => { span = value.day; });
  window.addEventListener("pointerup", async () => {
    await view.runAsync();
    if (span) showSpan(span);
    span = undefined;
  });
}

const dayOf = (moment) => {
  const at = new Date(moment);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
};

let spanShown = "";
async function showSpan([from, to]) {
  const form = document.querySelector("form.filters");
  const address = new URL(location.href);
  address.searchParams.set("start", dayOf(from));
  address.searchParams.set("end", dayOf(to));
  if (address.href === spanShown) return;
  spanShown = address.href;
  history.replaceState(null, "", address);
  for (const name of ["start", "end"]) form.elements[name].value = address.searchParams.get(name);
  const answer = await fetch(address);
  if (!answer.ok || address.href !== spanShown) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const below = ".spanned";
  const fresh = [...page.querySelectorAll(below)];
  document.querySelectorAll(below).forEach((old) => old.remove());
  document.querySelector("main").append(...fresh);
  document.querySelectorAll(`${below} figure[data-chart]`).forEach((figure) => seen.observe(figure));
  for (const link of document.querySelectorAll("footer .data a, footer .tools a[lang]")) {
    const same = [...page.querySelectorAll("footer .data a, footer .tools a[lang]")].find((a) => a.textContent === link.textContent);
    if (same) link.href = same.getAttribute("href");
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
