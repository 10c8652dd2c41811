// What is asked of the server, in order, one at a time. Whatever gets no answer stays here and is
// asked again with the same number, so that it happens once.

import { tokenHeader } from "../js/htmx-setup.js";
import { nonce } from "../js/nonce.js";

const PATIENCE = 25_000; // the database waits up to 20 s for its turn
const PAUSES = [1_000, 2_000, 3_000, 5_000];
const TRIES_OF_A_FAILURE = 3;
const UNREACHABLE = new Set([502, 503, 504]);
const SIGNED_OUT = new Set([401, 403]);

function fragmentOf(text) {
  const holder = document.createElement("template");
  holder.innerHTML = text;
  return holder.content.querySelector("[data-answer]");
}

/** Ask once; tells what came of it: answered, unreachable, failed, locked, signed_out or gone. */
async function ask(url, fields) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { ...tokenHeader(), "HX-Request": "true", "HX-Current-URL": location.href },
      body: new URLSearchParams(fields),
      signal: patience.signal,
      redirect: "error",
    });
    const fragment = fragmentOf(await answer.text());
    return { outcome: outcomeOf(answer.status, fragment), status: answer.status, fragment };
  } catch {
    return { outcome: "unreachable", status: 0, fragment: null };
  } finally {
    clearTimeout(timer);
  }
}

function outcomeOf(status, fragment) {
  if (status === 423) return "locked";
  if (UNREACHABLE.has(status)) return "unreachable";
  if (fragment) return "answered";
  if (SIGNED_OUT.has(status)) return "signed_out";
  if (status >= 500 || status === 429) return "failed";
  return status >= 400 ? "gone" : "unreachable"; // a page that is not ours stands between
}

/** What is kept while the page is reloaded: numbers and codes, never a name and never a PIN. */
function makeStore(key) {
  const kept = (item) => ({ nonce: item.nonce, url: item.url, fields: item.fields, late: item.late, label: item.label });
  return {
    save(items, account) {
      const open = items.filter((item) => !item.secret).map(kept);
      try {
        if (open.length) sessionStorage.setItem(key, JSON.stringify({ account, items: open }));
        else sessionStorage.removeItem(key);
      } catch {
        // A browser that keeps nothing still has them in memory.
      }
    },
    load() {
      try {
        return JSON.parse(sessionStorage.getItem(key)) ?? { account: "", items: [] };
      } catch {
        return { account: "", items: [] };
      }
    },
  };
}

/**
 * Make the queue of a page.
 *
 * @param {{account: string, late: Record<string, () => string>,
 *   answered: (item: object, fragment: Element) => void, changed: (state: object) => void,
 *   lost: (item: object, outcome: string) => void, locked: () => void}} does
 *   `late` says what is known only when an item's turn has come: who is on the screen, which act was the last.
 */
export function makeQueue(does) {
  const items = [];
  const store = makeStore(`shuxiang.unanswered.${location.pathname}`);
  let running = false;
  let paused = "";
  let tries = 0;
  let timer = 0;
  let since = null;

  function changed() {
    store.save(items, does.account);
    does.changed({ items, paused, since });
  }

  function add(item) {
    items.push({ nonce: nonce(), fields: {}, late: [], label: "", secret: false, ...item });
    changed();
    run();
  }

  function frozen(item) {
    for (const name of item.late) item.fields[name] = does.late[name]?.(item.fields[name]) ?? "";
    item.late = [];
    return { ...item.fields, nonce: item.nonce };
  }

  async function run() {
    if (running || !items.length || paused === "locked") return;
    clearTimeout(timer);
    running = true;
    const item = items[0];
    if (item.here) {
      items.shift();
      item.here();
    } else {
      await once(item);
    }
    running = false;
    if (items.length && !paused) run();
  }

  async function once(item) {
    const fields = frozen(item);
    store.save(items, does.account);
    const { outcome, fragment } = await ask(item.url, fields);
    if (!items.includes(item)) return; // somebody gave it up meanwhile
    tries = outcome === "failed" ? tries + 1 : 0;
    const givenUp = outcome === "failed" && tries >= TRIES_OF_A_FAILURE;
    if (outcome === "answered" || outcome === "gone" || givenUp) {
      items.shift();
      paused = "";
      since = null;
      tries = 0;
      if (outcome === "answered") does.answered(item, fragment);
      else does.lost(item, outcome);
    } else {
      paused = outcome;
      since ??= new Date();
      item.why = fragment?.querySelector(".fact")?.textContent ?? "";
      if (outcome === "locked") does.locked();
      else if (outcome !== "signed_out") later();
    }
    changed();
  }

  function later() {
    const wait = PAUSES[Math.min(items[0].waits ?? 0, PAUSES.length - 1)];
    items[0].waits = (items[0].waits ?? 0) + 1;
    timer = setTimeout(() => { paused = ""; run(); }, wait);
  }

  function drop(item) {
    const at = items.indexOf(item);
    if (at < 0) return;
    items.splice(at, 1);
    if (!items.length) paused = "";
    changed();
    run();
  }

  window.addEventListener("beforeunload", (event) => {
    if (items.some((item) => !item.here)) event.preventDefault();
  });

  return {
    add,
    drop,
    /** Do something on this page when everything before it has been answered. */
    after(here) { add({ here, secret: true }); },
    retry() { if (paused !== "locked") { paused = ""; run(); } },
    unlock() { paused = ""; run(); },
    isIdle: () => !items.length,
    /** Take up what was left when the page was last closed; `whose` is the account that asked. */
    left: () => store.load(),
    resume(left) {
      for (const item of left) items.push({ secret: false, late: [], label: "", ...item });
      changed();
      run();
    },
  };
}
