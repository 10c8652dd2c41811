// The desk: lend and return, returns only, read in the room.

import { fill, makeCounter } from "./counter.js";

const work = document.querySelector("[data-desk]");
const modes = [...document.querySelectorAll("[data-mode]")];
const ORDER = ["both", "in_room", "returns"];
let mode = "both";
let nobody = null;

const counter = makeCounter(work, {
  mode: () => mode,
  swap: () => setMode(ORDER[(ORDER.indexOf(mode) + 1) % ORDER.length]),
  read: () => sayNext(),
  show(answer) {
    const panel = answer.querySelector("#reader");
    if (panel) showPanel(panel);
  },
  refresh,
  unlocked: (panel) => { showPanel(panel); nobody = panel.cloneNode(true); },
});
const { state, words, urls, rows } = counter;

function showPanel(panel) {
  document.getElementById("reader").replaceWith(panel);
}

/** Show that nobody is at the desk, at once; and fetch the figures of the day. */
async function refresh() {
  const shown = document.getElementById("reader");
  if (nobody && shown.dataset.reader) showPanel(nobody.cloneNode(true));
  try {
    const answer = await fetch(urls.urlNobody, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const panel = holder.content.querySelector("#reader");
    if (!panel || state.reader || counter.lock.isLocked()) return;
    nobody = panel.cloneNode(true);
    showPanel(panel);
  } catch {
    // The figures wait until the server answers again.
  }
}

function setMode(wanted) {
  mode = wanted;
  for (const button of modes) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  if (mode === "returns" && state.reader) counter.does.leave();
  sayNext();
}

/** Say in the box what the next scan will do. */
function sayNext() {
  const name = state?.readerName ?? "";
  const key = mode === "both" ? (name ? "next_lend" : "next_both")
    : mode === "in_room" ? (name ? "next_in_room_lend" : "next_in_room") : "next_returns";
  document.querySelector("[data-next-words]").textContent = fill(words[key], { name });
  counter.input.placeholder = words[`box_${mode}`];
}

/** Work in a way, or as usual again when it was that way already. */
const toggle = (wanted) => setMode(wanted === mode ? "both" : wanted);

for (const button of modes) button.addEventListener("click", () => toggle(button.dataset.mode));
counter.does.returns = () => toggle("returns");

if (!counter.lock.isLocked()) nobody = document.getElementById("reader").cloneNode(true);
rows.tidy("");
