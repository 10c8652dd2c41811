// Self-service: a card, books, and nobody stays on the screen.

import { keepFocus, watchBox } from "../desk/box.js";
import { makeQueue } from "../desk/queue.js";
import { play } from "../js/sounds.js";

const SLOW = 350; // ms after which a scan that is under way shows itself
const TICK = 200;
const ROWS_KEPT = 8;

const work = document.querySelector("[data-kiosk]");
const words = JSON.parse(document.getElementById("kiosk-words").textContent);
const input = work.querySelector("[data-box]");
const list = work.querySelector("[data-rows]");
const leave = work.querySelector("[data-leave]");
const patience = Number(work.dataset.forget) * 1_000;
const nobody = ["next", "reader"].map((id) => document.getElementById(id).cloneNode(true));
const state = { reader: "", until: 0, isHidden: false, isOff: false };

const queue = makeQueue({
  account: work.dataset.kiosk,
  late: { reader: () => state.reader },
  answered,
  changed: showQueue,
  lost: (item) => showItem(item, "lost", words.row_lost),
  locked() {},
});

function scan(code) {
  queue.add({ url: work.dataset.urlScan, label: code, fields: { code }, late: ["reader"] });
}

/* ---- answers ---- */

function show(part) {
  document.getElementById(part.id)?.replaceWith(part);
}

function answered(item, answer) {
  item.row?.remove();
  if ("card" in answer.dataset) wipe(); // what the one before did is nobody's business
  for (const row of answer.querySelectorAll("[data-rows] > li")) list.prepend(row);
  if ("reader" in answer.dataset) {
    state.reader = answer.dataset.reader;
    if (!state.isHidden) for (const id of ["next", "reader"]) show(answer.querySelector(`#${id}`));
  }
  tidy();
  play(answer.dataset.tone);
  stay();
}

const isPending = (row) => row.hasAttribute("data-pending");
const done = () => [...list.children].filter((row) => !isPending(row));

function tidy() {
  const rows = done();
  rows.forEach((row, at) => row.classList.toggle("is-latest", at === 0));
  for (const row of rows.slice(ROWS_KEPT)) row.remove();
  list.scrollTop = 0;
}

function wipe() {
  for (const row of done()) row.remove();
}

/* ---- what is under way ---- */

function showItem(item, kind, why) {
  const row = work.querySelector(`template[data-row=${kind}]`).content.firstElementChild.cloneNode(true);
  row.querySelector(".title").textContent = item.label.slice(0, 40);
  if (why) row.querySelector("[data-why]").textContent = why;
  if (item.row?.isConnected) item.row.replaceWith(row);
  else list.prepend(row);
  item.row = row;
  item.kind = kind;
  if (kind === "lost") {
    tidy();
    play("bad");
    stay();
  }
}

function showQueue({ items, paused }) {
  for (const item of items.filter((each) => !each.here)) {
    if (paused && item.kind !== "waiting") showItem(item, "waiting", item.why || words.row_unreachable);
    else if (!paused && !item.kind) {
      item.kind = "sent";
      setTimeout(() => { if (items.includes(item) && item.kind === "sent") showItem(item, "busy"); }, SLOW);
    }
  }
  if (paused === "signed_out") setTimeout(() => giveUp(items), 0);
  const strip = document.querySelector("[data-strip]");
  if (paused && strip.hidden) play("bad");
  strip.hidden = !paused;
  work.classList.toggle("is-waiting", Boolean(paused));
}

/** This device has been switched off: say of each scan that it is not recorded, and go. */
function giveUp(items) {
  state.isOff = true;
  for (const item of items.filter((each) => !each.here)) {
    queue.drop(item);
    showItem(item, "lost", words.row_refused);
  }
}

/* ---- nobody stays on the screen ---- */

/** Begin the seconds anew after which the reader is forgotten. */
function stay() {
  state.until = Date.now() + patience;
  count();
}

function showNobody() {
  for (const part of nobody) show(part.cloneNode(true));
  wipe();
  input.value = "";
}

function forget() {
  state.reader = "";
  showNobody();
  if (state.isOff) location.reload();
  else count();
}

/** Take the reader off the screen while scans wait for the server; who comes next is asked for a card. */
function hide() {
  state.isHidden = true;
  showNobody();
  queue.after(() => {
    state.reader = "";
    state.isHidden = false;
    stay();
  });
}

/** Show how long it lasts until the screen is cleared. */
function count() {
  const somebody = !state.isHidden && (Boolean(state.reader) || done().length > 0);
  leave.hidden = !somebody;
  if (!somebody) return;
  const left = Math.max(0, state.until - Date.now());
  leave.querySelector("[data-countdown]").textContent = words.seconds.replace("%(seconds)s", Math.ceil(left / 1_000));
  const bar = leave.querySelector("[data-left]");
  bar.max = patience;
  bar.value = left;
  if (!left && queue.isIdle()) forget();
  else if (!left) hide();
}

leave.querySelector("[data-done]").addEventListener("click", () => queue.after(forget));
input.addEventListener("keydown", stay);

const fullscreen = document.querySelector("[data-fullscreen]");
fullscreen.hidden = !document.fullscreenEnabled;
fullscreen.addEventListener("click", () => document.documentElement.requestFullscreen());
document.addEventListener("fullscreenchange", () => { fullscreen.hidden = Boolean(document.fullscreenElement); });

/* ---- begin ---- */

watchBox(input, { scanned: scan, choose: () => false, canChoose: () => false, swap() {} });
keepFocus(input, { isOff: () => false });
const left = queue.left();
if (left.account === work.dataset.kiosk) queue.resume(left.items);
setInterval(count, TICK);
