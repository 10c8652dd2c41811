// The scan box: what a scanner types in 5 ms a key, what a person types, and what an input method makes of either.

const SCANNER_GAP = 40; // ms between two keys; no hand is as fast, no scanner as slow
const SCANNER_SHORTEST = 4;
const SUFFIX_GAP = 300; // a Tab or LF so soon after the last key belongs to the scanner
const CHOICE_PAUSE = 500; // a digit that stays alone for so long is a choice and no barcode

const PLAIN = {
  Minus: "-", NumpadSubtract: "-", Period: ".", NumpadDecimal: ".", Slash: "/", NumpadDivide: "/", Space: " ",
};

/** Make full-width characters half-width and drop blanks at the ends. */
export const plain = (text) => text.normalize("NFKC").trim();

/** Tell which character a key of a plain keyboard writes, whatever an input method makes of it. */
function characterOf(code) {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^(Digit|Numpad)[0-9]$/.test(code)) return code.slice(-1);
  return PLAIN[code] ?? "";
}

const isEnd = (event) =>
  event.code === "Enter" || event.code === "NumpadEnter" || event.key === "Enter"
  || (event.ctrlKey && (event.code === "KeyJ" || event.code === "KeyM")); // LF and CR of some scanners

const isModified = (event) => event.ctrlKey || event.altKey || event.metaKey;

/**
 * Watch the box.
 *
 * @param {HTMLInputElement} input
 * @param {{scanned: (code: string) => void, choose: (digit: number) => boolean, canChoose: () => boolean, swap: () => void}} does
 */
export function watchBox(input, does) {
  let burst = [];
  let lastKeyAt = -Infinity;
  let composed = false; // an input method has had its hand in what the box holds
  let afterComposition = null;
  let choiceTimer = 0;

  const isBurst = (now) =>
    burst.length >= SCANNER_SHORTEST && now - burst[burst.length - 1].at <= SCANNER_GAP
    && burst.every((key, at) => at === 0 || key.at - burst[at - 1].at <= SCANNER_GAP);

  function clear() {
    clearTimeout(choiceTimer);
    input.value = "";
    burst = [];
    composed = false;
  }

  function submit(code) {
    clear();
    const text = plain(code);
    if (/^[1-9]$/.test(text) && does.choose(Number(text))) return;
    if (text) does.scanned(text);
  }

  function finish(now) {
    const scanned = isBurst(now) ? burst.map((key) => key.character).join("") : "";
    submit(composed && scanned ? scanned : input.value);
  }

  function note(event) {
    const character = event.repeat || isModified(event) ? "" : characterOf(event.code);
    if (event.timeStamp - lastKeyAt > SCANNER_GAP) burst = [];
    if (character) burst.push({ character, at: event.timeStamp });
    if (!["Shift", "CapsLock"].includes(event.key)) lastKeyAt = event.timeStamp;
  }

  function endWhileComposing(event) {
    const scanned = isBurst(event.timeStamp) ? burst.map((key) => key.character).join("") : "";
    afterComposition = (written) => {
      if (scanned) submit(scanned);
      else if (/^[\x20-\x7e]+$/.test(written)) submit(input.value); // raw letters: the person meant them
    };
  }

  input.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229;
    composed ||= composing;
    if (isEnd(event)) {
      if (event.isComposing) {
        endWhileComposing(event);
        return;
      }
      event.preventDefault();
      finish(event.timeStamp);
      lastKeyAt = event.timeStamp;
    } else if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      if (input.value || burst.length) finish(event.timeStamp);
      else if (event.timeStamp - lastKeyAt > SUFFIX_GAP) does.swap();
      lastKeyAt = event.timeStamp;
    } else if (event.key === "Escape" && !composing) {
      clear(); // what was typed for one reader is not the beginning of what is typed for the next
    } else {
      note(event);
    }
  });

  input.addEventListener("compositionstart", () => { composed = true; });
  input.addEventListener("compositionend", (event) => {
    const then = afterComposition;
    afterComposition = null;
    if (then) setTimeout(() => then(event.data ?? ""), 0);
  });

  input.addEventListener("input", (event) => {
    clearTimeout(choiceTimer);
    if (!input.value && !event.isComposing) composed = false;
    if (event.isComposing || !/^[1-9]$/.test(plain(input.value)) || !does.canChoose()) return;
    choiceTimer = setTimeout(() => finish(0), CHOICE_PAUSE);
  });
}

const OWN_FOCUS = "[data-own-focus], dialog, details[open], select";

/** Keep the focus in the box, but for fields that say that they keep their own. */
export function keepFocus(input, { isOff }) {
  let byKeyboard = false;
  const stays = () =>
    isOff() || document.querySelector("dialog[open]") || document.activeElement?.closest?.(OWN_FOCUS)
    || !(window.getSelection()?.isCollapsed ?? true);
  const back = () => { if (!stays()) input.focus({ preventScroll: true }); };

  document.addEventListener("pointerdown", () => { byKeyboard = false; }, true);
  document.addEventListener("click", () => setTimeout(back, 0));
  window.addEventListener("focus", back);
  input.addEventListener("blur", () => { if (!byKeyboard) setTimeout(back, 0); });
  document.addEventListener("keydown", (event) => {
    byKeyboard = event.key === "Tab" && event.shiftKey;
    if (event.target.closest?.("[data-own-focus]") && event.key === "Tab") event.stopPropagation();
    const writes = event.key.length === 1 || event.keyCode === 229;
    const elsewhere = event.target !== input && !event.target.closest?.(`input, textarea, ${OWN_FOCUS}`);
    if (writes && elsewhere && !isModified(event) && !isOff()) input.focus({ preventScroll: true });
  }, true);
  back();
  return back;
}
