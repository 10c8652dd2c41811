// A desk that nobody uses locks itself. The rows stay; its owner opens it again.

import { tokenHeader } from "../js/htmx-setup.js";

const LOOKS = 5_000;

const headers = () => ({ ...tokenHeader(), "HX-Request": "true", "HX-Current-URL": location.href });

/**
 * Watch for idleness and keep the lock.
 *
 * @param {{minutes: number, urls: {lock: string, unlock: string}, isBusy: () => boolean,
 *   show: (panel: Element) => void, opened: (panel: Element) => void}} does
 */
export function makeLock(does) {
  let locked = Boolean(document.querySelector("[data-locked]"));
  let seenAt = Date.now();

  const partOf = async (answer) => {
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content.firstElementChild;
  };

  /** Lock here and on the server; tells whether that was done. */
  async function lock() {
    locked = true;
    try {
      const answer = await fetch(does.urls.lock, { method: "POST", headers: headers() });
      if (!answer.ok) throw new Error(String(answer.status));
      does.show(await partOf(answer));
    } catch {
      locked = false; // not reachable: nothing could be recorded either
      seenAt = Date.now();
    }
    return locked;
  }

  async function unlock(form) {
    const answer = await fetch(does.urls.unlock, { method: "POST", headers: headers(), body: new FormData(form) });
    if (answer.status === 401) location.assign(answer.headers.get("HX-Redirect"));
    if (answer.status !== 200) {
      does.show(await partOf(answer));
      return;
    }
    locked = false;
    seenAt = Date.now();
    does.opened(await partOf(answer));
  }

  for (const kind of ["keydown", "pointerdown"]) {
    document.addEventListener(kind, () => { seenAt = Date.now(); }, true);
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-unlock]")) return;
    event.preventDefault();
    unlock(event.target);
  });
  setInterval(() => {
    if (!locked && !does.isBusy() && Date.now() - seenAt > does.minutes * 60_000) lock();
  }, LOOKS);

  return { isLocked: () => locked, lock };
}
