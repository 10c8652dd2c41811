// A class visit: first the stack of returns, then the class one by one. Two devices see each other's rows.

import { fill, makeCounter, schoolNow } from "./counter.js";

const ASKS_EVERY = 2_000;
const HELPS_FOR = 30_000;

const work = document.querySelector("[data-desk]");
const steps = [...document.querySelectorAll("[data-step]")].filter((each) => each !== work);
let filter = "";
let helpedAt = 0;
let asking = false;

const counter = makeCounter(work, {
  mode: () => (work.dataset.step === "return" ? "returns" : "both"),
  // A card among the returns begins the lending, also for the book that was scanned right after it.
  modeNow: (mode) => (mode === "returns" && state.reader && work.dataset.step === "lend" ? "both" : mode),
  swap: () => setStep(work.dataset.step === "return" ? "lend" : "return"),
  read: ({ id }) => { if (id) setStep("lend"); showNow(); },
  show: showBoard,
  refresh: () => {},
  unlocked: () => location.reload(),
});
const { state, words, rows, does } = counter;

const pupils = () => [...document.querySelectorAll("[data-pupils] [data-reader]")];

function setStep(step) {
  work.dataset.step = step;
  for (const button of steps) button.setAttribute("aria-pressed", String(button.dataset.step === step));
  sayNext();
}

/** Mark who is at the desk now, on the grid and beside it. */
function showNow() {
  for (const tile of pupils()) {
    if (tile.dataset.reader === state.reader) {
      tile.setAttribute("aria-current", "true");
      tile.scrollIntoView({ block: "nearest" });
    } else tile.removeAttribute("aria-current");
  }
  showCard(pupils().find((tile) => tile.dataset.reader === state.reader));
  showFilter();
  sayNext();
}

/** Show the pupil at the desk with what is taken along; whoever is not of the class has a name alone. */
function showCard(tile) {
  const here = document.querySelector("[data-now-here]");
  if (!here || !state.reader) return;
  if (!tile) {
    here.textContent = fill(words.guest, { name: state.readerName });
    return;
  }
  const { name, seat, free, out, words: standing } = tile.dataset;
  const card = work.querySelector("template[data-now]").content.cloneNode(true);
  card.querySelector(".sx-tile").textContent = name.slice(0, 1);
  card.querySelector("b").textContent = name;
  card.querySelector("small").textContent = fill(words.now, { seat, free });
  card.querySelector("[data-state]").textContent = standing;
  const books = document.querySelector(`template[data-taken="${CSS.escape(state.reader)}"]`);
  if (books) card.querySelector("[data-books]").append(books.content.cloneNode(true));
  card.querySelector("[data-does=renew]").hidden = out === "0";
  here.replaceChildren(card);
}

function sayNext() {
  const name = state?.readerName ?? "";
  const returning = work.dataset.step === "return";
  const next = returning ? "next_returns" : name ? "next_lend" : "next_visit";
  const box = returning ? "box_returns" : name ? "box_visit_lend" : "box_visit_nobody";
  document.querySelector("[data-next-words]").textContent = fill(words[next], { name });
  counter.input.placeholder = fill(words[box], { name });
}

function showBoard(answer) {
  for (const id of ["class", "reader"]) {
    const fresh = answer.querySelector(`#${id}`);
    const shown = document.getElementById(id);
    if (fresh && !shown.dataset.locked) shown.replaceWith(fresh);
  }
  showNow();
}

function showFilter() {
  for (const chip of document.querySelectorAll("[data-filter]")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.filter === filter));
  }
  for (const tile of pupils()) tile.classList.toggle("is-dim", Boolean(filter) && tile.dataset.group !== filter);
}

function goTo(tile) {
  if (!tile) return;
  setStep("lend");
  counter.setReader(tile.dataset.reader, tile.dataset.name);
}

function move(by) {
  const all = pupils();
  const at = all.findIndex((tile) => tile.dataset.reader === state.reader);
  goTo(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

const columns = () => getComputedStyle(document.querySelector("[data-pupils]")).gridTemplateColumns.split(" ").length;

/** Go on to the next pupil who has not been served and is not away. */
function next() {
  const all = pupils();
  const at = all.findIndex((tile) => tile.dataset.reader === state.reader);
  const rest = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))];
  goTo(rest.find((tile) => tile.dataset.group === "todo") ?? rest[0]);
}

Object.assign(does, {
  next,
  before: () => move(-1),
  away() {
    if (!state.reader) return;
    counter.ask({ url: counter.urls.urlAway, label: words.away, fields: { reader: state.reader } });
  },
});

document.addEventListener("click", (event) => {
  const tile = event.target.closest("[data-pupils] [data-reader]");
  const chip = event.target.closest("[data-filter]");
  if (tile) goTo(tile);
  if (chip) {
    filter = filter === chip.dataset.filter ? "" : chip.dataset.filter;
    showFilter();
  }
});
for (const button of steps) button.addEventListener("click", () => setStep(button.dataset.step));

const MOVES = { ArrowLeft: () => move(-1), ArrowRight: next, ArrowUp: () => move(-columns()), ArrowDown: () => move(columns()) };
counter.input.addEventListener("keydown", (event) => {
  if (!MOVES[event.key] || counter.input.value || event.isComposing || event.altKey) return;
  event.preventDefault();
  MOVES[event.key]();
});

/* ---- the other device ---- */

async function askForNews() {
  if (asking || document.hidden || !counter.queue.isIdle() || counter.lock.isLocked()) return;
  asking = true;
  try {
    const newest = document.getElementById("class").dataset.newest;
    const answer = await fetch(counter.urls.urlNews.replace("/0/", `/${newest}/`), { headers: { "HX-Request": "true" } });
    if (answer.status === 200 && counter.queue.isIdle()) takeNews(await answer.text());
  } catch {
    // The next scan tells that the server is away.
  } finally {
    asking = false;
  }
}

function takeNews(text) {
  const holder = document.createElement("template");
  holder.innerHTML = text;
  const news = holder.content.querySelector("[data-answer]");
  if (!news) return;
  const fresh = [...news.querySelectorAll("[data-rows] > li")].reverse();
  for (const row of fresh) rows.place(row, null);
  helpedAt = Date.now();
  showBoard(news);
  rows.tidy(state.reader);
}

setInterval(askForNews, ASKS_EVERY);
setInterval(() => {
  document.querySelector("[data-helping]").hidden = Date.now() - helpedAt > HELPS_FOR || !helpedAt;
  const lesson = document.querySelector("[data-ends]");
  if (lesson) lesson.querySelector("[data-left]").textContent = Math.max(0, Math.floor((new Date(lesson.dataset.ends) - schoolNow()) / 60_000));
}, 1_000);

showNow();
