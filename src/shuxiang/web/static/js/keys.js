// An element with data-key="F8" is clicked by that key; "?" and F1 show all keys of the page.
// A key that also writes (a digit, a letter, an arrow) is left alone while somebody is typing,
// so a scanner that types digits never presses a button.

const help = document.querySelector("[data-key-dialog]");
const NAMES = { "↑": "ArrowUp", "↓": "ArrowDown", "←": "ArrowLeft", "→": "ArrowRight", Esc: "Escape" };

const isShown = (element) => element.getClientRects().length > 0;
const isTypedIn = (element) => element?.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
const writes = (key) => key.length === 1 || key.startsWith("Arrow");

function target(key) {
  const room = document.querySelector("dialog[open]") ?? document;
  return [...room.querySelectorAll("[data-key]")].find((element) => {
    const wanted = NAMES[element.dataset.key] ?? element.dataset.key;
    return wanted.toLowerCase() === key.toLowerCase() && !element.disabled && isShown(element);
  });
}

function wordsFor(element) {
  if (element.dataset.keyWords) return element.dataset.keyWords;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

/** Show every key that does something on this page now. */
export function showKeys() {
  if (!help || help.open) return;
  const list = help.querySelector("[data-key-list]");
  const known = new Map([["?", list.dataset.help]]);
  for (const element of document.querySelectorAll("[data-key]")) {
    if (isShown(element) && !known.has(element.dataset.key)) known.set(element.dataset.key, wordsFor(element));
  }
  list.replaceChildren(...[...known].map(([key, words]) => {
    const row = document.createElement("li");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    row.append(cap, words);
    return row;
  }));
  const before = document.activeElement;
  help.showModal();
  help.addEventListener("close", () => before?.focus?.(), { once: true });
}

function asksForHelp(event) {
  if (event.key === "F1") return true;
  if (event.key !== "?" && event.key !== "？") return false;
  const typedIn = isTypedIn(document.activeElement);
  return !typedIn || (document.activeElement.closest(".sx-scan") && document.activeElement.value === "");
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (asksForHelp(event)) {
    event.preventDefault();
    showKeys();
    return;
  }
  if (event.key === "Escape" && document.querySelector("dialog[open]")) return;
  if (writes(event.key) && isTypedIn(document.activeElement)) return;
  const element = target(event.key);
  if (!element || event.repeat) return;
  event.preventDefault();
  element.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-key-help]")) showKeys();
});
