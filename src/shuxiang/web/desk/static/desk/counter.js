// What the desk and the class visit share: one box, one queue, rows that stay, choices, sounds, the lock.

import { tell } from "../js/htmx-setup.js";
import { play } from "../js/sounds.js";
import { say } from "../js/speech.js";
import { keepFocus, watchBox } from "./box.js";
import { makeLock } from "./lock.js";
import { makeQueue } from "./queue.js";
import { makeRows } from "./rows.js";

const SLOW = 350; // ms after which a scan that is under way shows itself
const SOON = 3_000;

/** Fill the named places of a sentence. */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

const shownClock = document.querySelector("[data-clock]");
const behind = new Date(shownClock.dataset.now) - Date.now(); // the school's clock is the server's

/** The moment by the server's clock. */
export const schoolNow = () => new Date(Date.now() + behind);

const clock = (moment) => moment.toLocaleTimeString("zh-CN", {
  hour: "2-digit", minute: "2-digit", hour12: false, timeZone: shownClock.dataset.zone,
});

/**
 * Set a page up.
 *
 * @param {Element} work the element that carries the page's addresses
 * @param {{mode: () => string, modeNow?: (mode: string) => string, swap: () => void, show: (answer: Element) => void,
 *   read: (reader: {id: string, name: string}) => void, refresh: () => void, unlocked: (panel: Element) => void}} page
 */
export function makeCounter(work, page) {
  const words = JSON.parse(document.getElementById("desk-words").textContent);
  const input = work.querySelector("[data-box]");
  const urls = work.dataset;
  const state = { reader: "", readerName: "" };
  const rows = makeRows(work.querySelector("[data-rows]"), words);
  const template = (name) => work.querySelector(`template[data-row=${name}]`).content.firstElementChild.cloneNode(true);

  const queue = makeQueue({
    account: work.dataset.account,
    late: { reader: () => state.reader, entry: rows.lastAct, mode: page.modeNow ?? ((mode) => mode) },
    answered,
    changed: showQueue,
    lost: (item, outcome) => lose(item, outcome === "failed" ? words.row_failed : words.row_gone),
    locked: () => lock.lock().then((done) => { if (!done) setTimeout(queue.unlock, SOON); }),
  });

  const lock = makeLock({
    minutes: Number(work.dataset.idle),
    urls: { lock: urls.urlLock, unlock: urls.urlUnlock },
    isBusy: () => !queue.isIdle(),
    show: lockWith,
    opened(panel) {
      closeOff(false);
      page.unlocked(panel);
      queue.unlock();
      input.focus();
    },
  });

  function lockWith(panel) {
    document.getElementById("reader").replaceWith(panel);
    setReader("", "");
    closeOff(true);
    panel.querySelector("input[type=password]")?.focus();
  }

  /** While the desk is locked its rows are seen and not touched. */
  function closeOff(on) {
    input.disabled = on;
    rows.list.inert = on;
  }

  function setReader(id, name) {
    state.reader = id;
    state.readerName = name;
    page.read({ id, name });
  }

  /* ---- asking ---- */

  function ask(item) {
    if (lock.isLocked()) return;
    queue.add(item);
  }

  function scan(code, more = {}) {
    ask({ url: urls.urlScan, label: code, fields: { code, mode: page.mode() }, late: ["reader", "mode"], ...more });
  }

  const does = {
    renew() {
      if (state.reader) ask({ url: urls.urlRenew, label: words.renewal, late: ["reader"] });
      else play("bad");
    },
    undo: () => undo(""),
    leave: () => queue.after(leave),
    retry: () => queue.retry(),
    swap: () => page.swap(),
    slip() {
      if (state.reader && urls.urlSlip) location.assign(urls.urlSlip.replace("/0/", `/${state.reader}/`));
      else play("bad");
    },
    keyboard() {
      input.inputMode = input.inputMode === "none" ? "text" : "none";
      input.blur();
      input.focus();
    },
  };

  function undo(entry) {
    if (!entry && queue.isIdle() && !rows.lastAct()) {
      play("bad");
      return;
    }
    const fields = entry ? { entry } : {};
    ask({ url: urls.urlUndo, label: words.undoing, fields, late: entry ? ["reader"] : ["entry", "reader"] });
  }

  function leave() {
    rows.settle("", null);
    setReader("", "");
    rows.tidy("");
    page.refresh();
  }

  /* ---- answers ---- */

  function answered(item, answer) {
    const fresh = [...answer.querySelectorAll("[data-rows] > li")];
    for (const row of fresh) rows.place(row, item.row);
    item.row?.remove();
    if ("reader" in answer.dataset) take(answer);
    page.show(answer);
    rows.settle(state.reader, fresh[0]);
    rows.tidy(state.reader);
    if (fresh.length) rows.list.scrollTop = 0;
    play(answer.dataset.tone);
    say(answer.dataset.say);
    if (fresh[0]?.querySelector(".desk-trouble")) fresh[0].querySelector("[data-secret]")?.focus();
    if (answer.dataset.thenCopy && state.reader) {
      scan("", { label: item.label, fields: { code: "", copy: answer.dataset.thenCopy, mode: page.mode() } });
    }
  }

  function take(answer) {
    const { reader, readerName } = answer.dataset;
    if (reader !== state.reader || readerName !== state.readerName) setReader(reader, readerName);
    if (!reader && !answer.querySelector("#reader")) page.refresh();
  }

  /* ---- what is under way ---- */

  const waitingRow = (item) => (item.row?.isConnected ? item.row : null);

  function showItem(item, kind, why) {
    const row = template(kind);
    row.querySelector(".title").textContent = item.label.slice(0, 40);
    if (why) row.querySelector("[data-why]").textContent = why;
    row.querySelector("[data-drop]")?.addEventListener("click", () => {
      queue.drop(item);
      lose(item, words.row_given_up);
    });
    if (waitingRow(item)) item.row.replaceWith(row);
    else rows.list.prepend(row);
    item.row = row;
    item.kind = kind;
  }

  function lose(item, why) {
    showItem(item, "lost", why);
    rows.tidy(state.reader);
    play("bad");
  }

  function showQueue({ items, paused, since }) {
    const scans = items.filter((item) => !item.here);
    const stuck = Boolean(paused) && paused !== "locked";
    for (const item of scans) {
      if (stuck && item.kind !== "waiting") showItem(item, "waiting", item.why || words.row_unreachable);
      else if (!stuck && !item.kind) {
        item.kind = "sent";
        setTimeout(() => { if (items.includes(item) && item.kind === "sent") showItem(item, "busy"); }, SLOW);
      }
    }
    const strip = work.querySelector("[data-strip]");
    if (stuck && strip.hidden) play("bad");
    strip.hidden = !stuck;
    const link = document.querySelector("[data-link]");
    link.classList.toggle("is-off", stuck);
    link.textContent = stuck ? words.offline : words.online;
    if (!stuck) return;
    const count = scans.length === 1 ? words.waiting_one : words.waiting_many;
    strip.querySelector("[data-strip-count]").textContent = fill(count, { count: scans.length, time: clock(new Date(since.getTime() + behind)) });
    strip.querySelector("[data-strip-why]").textContent = paused === "signed_out" ? words.signed_out : words.unreachable;
  }

  /* ---- choices, reasons, buttons ---- */

  const choices = () => [...(rows.open()?.querySelectorAll("[data-choice]") ?? [])];

  function choose(digit) {
    const wanted = choices()[digit - 1];
    wanted?.click();
    return Boolean(wanted);
  }

  function pass(row) {
    const form = row.querySelector("[data-pass]");
    const own = form.querySelector("[name=why]");
    const chosen = form.querySelector("[data-why][aria-pressed=true]");
    const why = own.hidden ? chosen?.dataset.why ?? "" : own.value.trim();
    const secret = form.querySelector("[data-secret]");
    if (!why) { showOther(form); return; }
    if (secret && !secret.value) { secret.focus(); return; }
    const fields = {
      code: row.dataset.code, copy: row.dataset.book, reader: row.dataset.for,
      confirmed: row.dataset.confirmed, why, mode: row.dataset.way,
    };
    if (secret) Object.assign(fields, { approver: form.querySelector("[name=approver]").value, password: secret.value });
    ask({ url: urls.urlScan, label: row.querySelector(".title").textContent, fields, secret: Boolean(secret), row, kind: "row" });
    input.focus();
  }

  function showOther(form) {
    const own = form.querySelector("[name=why]");
    own.hidden = false;
    own.focus();
  }

  function pressReason(button) {
    const form = button.closest("[data-pass]");
    form.querySelectorAll("[data-choice]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    if ("other" in button.dataset) showOther(form);
    else form.querySelector("[name=why]").hidden = true;
  }

  function choiceClicked(button) {
    const row = button.closest(".sx-act");
    const { person, book, hold } = button.dataset;
    if (person) scan("", { label: button.querySelector(".t").firstChild.textContent, fields: { person, mode: page.mode() }, late: [], row, kind: "row" });
    else if (book) scan("", { label: button.querySelector(".t").firstChild.textContent, fields: { code: "", copy: book, mode: page.mode() }, row, kind: "row" });
    else if (hold) ask({ url: urls.urlHold, label: words.hold, fields: { holding: hold }, late: ["reader"], row, kind: "row" });
    else if ("inRoom" in button.dataset) {
      const fields = { code: row.dataset.code, copy: row.dataset.book, reader: row.dataset.for, mode: "in_room" };
      ask({ url: urls.urlScan, label: row.querySelector(".title").textContent, fields, row, kind: "row" });
    } else if ("showsForm" in button.dataset) {
      const form = row.querySelector("[data-add]");
      form.hidden = false;
      form.querySelector("[name=name]").focus();
    } else pressReason(button);
  }

  work.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = button?.closest(".sx-act");
    if (!button) return;
    if ("choice" in button.dataset) choiceClicked(button);
    else if ("undo" in button.dataset) undo(row.dataset.act);
    else if ("shut" in button.dataset) { rows.shut(row); input.focus(); }
    else if ("trust" in button.dataset) ask({ url: urls.urlClock, label: "", row, kind: "row" });
  });
  work.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.matches("[data-pass]")) pass(form.closest(".sx-act"));
    if (form.matches("[data-add]")) {
      const fields = Object.fromEntries(new FormData(form));
      ask({ url: urls.urlBook, label: fields.name, fields, late: ["reader"], row: form.closest(".sx-act"), kind: "row" });
      input.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-does], [data-renew], [data-leave]");
    if (!button) return;
    if ("renew" in button.dataset) does.renew();
    else if ("leave" in button.dataset) does.leave();
    else does[button.dataset.does]?.();
  });

  /* ---- begin ---- */

  watchBox(input, { scanned: (code) => scan(code), choose, canChoose: () => choices().length > 0, swap: page.swap });
  const focusBox = keepFocus(input, { isOff: lock.isLocked });
  closeOff(lock.isLocked());
  if (lock.isLocked()) document.querySelector("[data-unlock] input[type=password]")?.focus();
  takeUp();
  setInterval(showClock, 1_000);

  function takeUp() {
    const left = queue.left();
    if (!left.items.length) return;
    if (left.account === work.dataset.account) queue.resume(left.items);
    else for (const item of left.items) lose(item, words.row_left_over);
  }

  function showClock() {
    shownClock.textContent = clock(schoolNow());
  }

  window.addEventListener("error", () => tell("failed"));

  return { state, rows, queue, lock, words, urls, input, ask, scan, undo, does, focusBox, setReader };
}
